import { useEffect } from "react";

const swaggersDarkClass = "dark-mode";

/** swagger-ui goes dark by a class on the root element, where our pages follow `color-scheme`. */
export function useDarkSwagger(): void {
  useEffect(() => {
    const root = document.documentElement;
    const system = window.matchMedia("(prefers-color-scheme: dark)");
    const follow = () => {
      const { theme } = root.dataset;
      root.classList.toggle(swaggersDarkClass, theme === undefined ? system.matches : theme === "dark");
    };
    follow();
    system.addEventListener("change", follow);
    return () => {
      system.removeEventListener("change", follow);
      root.classList.remove(swaggersDarkClass);
    };
  }, []);
}

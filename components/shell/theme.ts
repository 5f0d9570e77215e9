export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const cookieName = "millrace-theme";
const cookieLifeSeconds = 365 * 24 * 3600;

export function themeOf(cookieValue: string | undefined): Theme {
  return themes.find((theme) => theme === cookieValue) ?? "system";
}

export { cookieName as themeCookie };

/** Takes effect at once; the cookie lets the server render it so the next time, without a flash. */
export function setTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not in every browser
  document.cookie = `${cookieName}=${theme}; path=/; max-age=${cookieLifeSeconds}; samesite=lax`;
}

export function currentTheme(): Theme {
  return themeOf(document.documentElement.dataset.theme);
}

"use client";
import { useEffect } from "react";

/** A text that is cut off with an ellipsis is told whole while the pointer is over it. Stands once, for all screens. */
export function CutTitles() {
  useEffect(() => {
    const tell = ({ target }: PointerEvent) => {
      const cut = target instanceof Element ? target.closest<HTMLElement>(".truncate") : null;
      if (!cut || cut.title || cut.scrollWidth <= cut.clientWidth) return;
      cut.title = cut.textContent ?? "";
      // Not left behind: by the next time, the text may be another one.
      cut.addEventListener("pointerleave", () => cut.removeAttribute("title"), { once: true });
    };
    document.addEventListener("pointerover", tell);
    return () => document.removeEventListener("pointerover", tell);
  }, []);
  return null;
}

"use client";
import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";

const load = () => import("./palette-window");
const PaletteWindow = dynamic(load);

const isMac = () => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Whether a key is the one that opens the palette, wherever it is pressed. */
function isOpeningKey(event: KeyboardEvent): boolean {
  return event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey;
}

/** Jumps and verbs by typing; its code comes when somebody reaches for it. */
export function Palette() {
  const [isOpen, setOpen] = useState(false);
  const [hint, setHint] = useState("");
  useEffect(() => {
    setHint(isMac() ? "⌘K" : "Ctrl K");
    const toggle = (event: KeyboardEvent) => {
      if (!isOpeningKey(event)) return;
      event.preventDefault();
      setOpen((before) => !before);
    };
    window.addEventListener("keydown", toggle);
    return () => window.removeEventListener("keydown", toggle);
  }, []);
  return (
    <>
      <button
        type="button"
        aria-label="Search and commands"
        aria-keyshortcuts="Meta+K Control+K"
        onPointerEnter={() => void load()}
        onClick={() => setOpen(true)}
        className="flex h-8.5 w-full items-center gap-2.5 rounded-md border border-line bg-surface px-2.5 text-ink-faint text-sm shadow-card transition-colors hover:border-line-strong hover:text-ink-soft"
      >
        <Search size={15} aria-hidden="true" />
        <span className="flex-1 text-left">Search</span>
        <kbd className="font-sans text-2xs">{hint}</kbd>
      </button>
      {isOpen && <PaletteWindow onClose={() => setOpen(false)} />}
    </>
  );
}

"use client";
import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { cn } from "@/components/ui/cn";

const load = () => import("./palette-window");
const PaletteWindow = dynamic(load);

const isMac = () => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Whether a key is the one that opens the palette, wherever it is pressed. */
function isOpeningKey(event: KeyboardEvent): boolean {
  return event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey;
}

const looks = {
  wide: "h-8.5 w-full gap-2.5 border border-line bg-surface px-2.5 shadow-card hover:border-line-strong hover:text-ink-soft",
  compact: "size-9 shrink-0 justify-center hover:bg-hover hover:text-ink",
} as const;

/**
 * Jumps and verbs by typing; its code comes when somebody reaches for it.
 * @param isCompact for small screens: the wide one, which is hidden there, listens to the keys
 */
export function Palette({ isCompact = false }: { isCompact?: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const [hint, setHint] = useState("");
  useEffect(() => {
    if (isCompact) return;
    setHint(isMac() ? "⌘K" : "Ctrl K");
    const toggle = (event: KeyboardEvent) => {
      if (!isOpeningKey(event)) return;
      event.preventDefault();
      setOpen((before) => !before);
    };
    window.addEventListener("keydown", toggle);
    return () => window.removeEventListener("keydown", toggle);
  }, [isCompact]);
  return (
    <>
      <button
        type="button"
        aria-label="Search and commands"
        aria-keyshortcuts="Meta+K Control+K"
        onPointerEnter={() => void load()}
        onClick={() => setOpen(true)}
        className={cn(
          "flex items-center rounded-md text-ink-faint text-sm transition-colors",
          looks[isCompact ? "compact" : "wide"],
        )}
      >
        <Search size={isCompact ? 17 : 15} aria-hidden="true" />
        {!isCompact && (
          <>
            <span className="flex-1 text-left">Search</span>
            <kbd className="font-sans text-2xs">{hint}</kbd>
          </>
        )}
      </button>
      {isOpen && <PaletteWindow onClose={() => setOpen(false)} />}
    </>
  );
}

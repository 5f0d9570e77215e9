"use client";
import { Search, X } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./button";
import { cn } from "./cn";
import { controlClass } from "./field";

const restMs = 200;

/** What is typed is told once the typing rests. */
export function SearchField({
  label,
  value,
  onChange,
  className,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  className?: string;
}) {
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState(value);
  if (told !== value) {
    setTold(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed === told) return;
    const timer = setTimeout(() => {
      setTold(typed);
      onChange(typed);
    }, restMs);
    return () => clearTimeout(timer);
  }, [typed, told, onChange]);
  return (
    <div className={cn("relative", className)}>
      <Search size={15} aria-hidden="true" className="absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-faint" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className={cn(controlClass, "h-8.5 pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden")}
      />
      {typed && (
        <IconButton
          label="Clear the search"
          size="sm"
          className="absolute top-1/2 right-1 -translate-y-1/2"
          onClick={() => setTyped("")}
        >
          <X size={14} />
        </IconButton>
      )}
    </div>
  );
}

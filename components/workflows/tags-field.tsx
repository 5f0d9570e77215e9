"use client";
import { X } from "lucide-react";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { type ControlProps, controlClass } from "@/components/ui/field";

/** Tags as they are typed: a comma or Enter ends one, Backspace takes the last one back. */
export function TagsField({
  control,
  tags,
  known,
  onChange,
}: {
  control: ControlProps;
  tags: string[];
  /** What other workflows are tagged with, to be offered. */
  known: string[];
  onChange: (tags: string[]) => void;
}) {
  const [typed, setTyped] = useState("");
  const take = (text: string) => {
    const added = text
      .split(",")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== "");
    setTyped("");
    if (added.length > 0) onChange([...new Set([...tags, ...added])]);
  };
  return (
    <div
      className={cn(
        controlClass,
        "flex min-h-9 flex-wrap items-center gap-1 py-1 pr-1 pl-1.5 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent has-[input:focus-visible]:outline-offset-2",
      )}
    >
      {tags.map((tag) => (
        <span key={tag} className="flex h-6 max-w-full items-center gap-0.5 rounded-md bg-hover pl-2 text-xs">
          <span className="truncate">{tag}</span>
          <button
            type="button"
            aria-label={`Remove tag ${tag}`}
            onClick={() => onChange(tags.filter((other) => other !== tag))}
            className="flex size-6 items-center justify-center rounded-md text-ink-faint hover:text-ink"
          >
            <X size={12} aria-hidden="true" />
          </button>
        </span>
      ))}
      <input
        {...control}
        list={`${control.id}-known`}
        value={typed}
        autoComplete="off"
        placeholder={tags.length === 0 ? "billing, nightly …" : ""}
        onChange={(event) =>
          event.target.value.includes(",") ? take(event.target.value) : setTyped(event.target.value)
        }
        onBlur={() => take(typed)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && typed.trim() !== "") {
            event.preventDefault();
            take(typed);
          }
          if (event.key === "Backspace" && typed === "") onChange(tags.slice(0, -1));
        }}
        className="h-6 min-w-24 flex-1 bg-transparent px-1 outline-none"
      />
      <datalist id={`${control.id}-known`}>
        {known.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
    </div>
  );
}

"use client";
import { Paperclip, X } from "lucide-react";
import { IconButton } from "./button";
import { cn } from "./cn";
import type { ControlProps } from "./field";
import { formatBytes } from "./format";
import { useDropTarget } from "./use-drop-target";

/** One file, dropped or chosen. */
export function FileField({
  control,
  name,
  isArchive,
  file,
  onFile,
}: {
  control: ControlProps;
  name: string;
  /** A folder comes as a zip. */
  isArchive: boolean;
  file: File | undefined;
  onFile: (file: File | undefined) => void;
}) {
  const { isOver, handlers } = useDropTarget(({ files: [dropped] }) => dropped && onFile(dropped));
  return (
    <div
      {...handlers}
      className={cn(
        "relative flex min-h-16 items-center gap-3 rounded-lg border-2 border-dashed px-4 py-3 text-sm transition-colors focus-within:border-accent",
        isOver ? "border-accent bg-accent/6" : control["aria-invalid"] ? "border-danger" : "border-line-strong",
      )}
    >
      <Paperclip size={16} className="shrink-0 text-ink-faint" aria-hidden="true" />
      {file ? (
        <span className="flex min-w-0 flex-1 items-baseline gap-2">
          <span className="truncate">{file.name}</span>
          <span className="shrink-0 text-ink-faint text-xs">{formatBytes(file.size)}</span>
        </span>
      ) : (
        <span className="flex-1 text-ink-soft">
          Drop a {isArchive ? "zip" : "file"} here, or <span className="font-medium text-accent">choose one</span>
        </span>
      )}
      <input
        {...control}
        // Chosen anew, the same file is a change as well.
        key={file ? "chosen" : "empty"}
        type="file"
        name={name}
        accept={isArchive ? ".zip" : undefined}
        onChange={(event) => onFile(event.target.files?.[0])}
        className="absolute inset-0 cursor-pointer opacity-0"
      />
      {file && (
        <IconButton label={`Remove ${file.name}`} size="sm" className="relative" onClick={() => onFile(undefined)}>
          <X size={14} />
        </IconButton>
      )}
    </div>
  );
}

"use client";
import { Upload } from "lucide-react";
import { useRef } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { type DroppedFile, filesOfDrop } from "./dropped-files";
import { useDropTarget } from "./use-drop-target";

/** Takes files that are dropped, folders where it may, or chosen by hand. */
export function DropZone({
  title,
  hint,
  accept,
  takesFolders = false,
  isBusy = false,
  onFiles,
}: {
  title: string;
  hint: string;
  accept: string;
  takesFolders?: boolean;
  isBusy?: boolean;
  onFiles: (files: DroppedFile[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const { isOver, handlers } = useDropTarget((data) => {
    if (!isBusy) filesOfDrop(data, takesFolders).then((files) => files.length > 0 && onFiles(files));
  });
  const onChosen = (chosen: FileList | null) => {
    const files = [...(chosen ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
    if (files.length > 0) onFiles(files);
    if (input.current) input.current.value = "";
    if (folder.current) folder.current.value = "";
  };
  return (
    <div
      {...handlers}
      className={cn(
        "flex flex-col items-center gap-3 rounded-lg border-2 border-dashed px-6 py-9 text-center transition-colors",
        isOver ? "border-accent bg-accent/6" : "border-line-strong",
      )}
    >
      <Upload size={20} className="text-ink-faint" aria-hidden="true" />
      <div>
        <p className="font-medium text-sm">{title}</p>
        <p className="mt-0.5 text-ink-faint text-xs">{hint}</p>
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        <Button isBusy={isBusy} onClick={() => input.current?.click()}>
          Choose a file
        </Button>
        {takesFolders && (
          <Button look="quiet" disabled={isBusy} onClick={() => folder.current?.click()}>
            Choose a folder
          </Button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept={accept}
        aria-label={title}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => onChosen(event.target.files)}
      />
      {takesFolders && (
        <input
          ref={folder}
          type="file"
          aria-label="Choose a folder"
          className="sr-only"
          tabIndex={-1}
          {...{ webkitdirectory: "" }}
          onChange={(event) => onChosen(event.target.files)}
        />
      )}
    </div>
  );
}

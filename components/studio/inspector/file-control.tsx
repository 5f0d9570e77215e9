import { FileUp } from "lucide-react";
import { useRef } from "react";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { formatBytes } from "@/components/ui/format";
import { callApi } from "@/lib/http/client";
import { uploadWorkflowFileOperation } from "@/lib/workflows/operations";
import { useStudio } from "../use-studio";
import type { ValueControlProps } from "./value-control";

/** A file that every run gets; a folder comes as a zip. */
export function FileControl({ control, io, source, disabled, onChange }: ValueControlProps) {
  const { projectId, workflow } = useStudio();
  const field = useRef<HTMLInputElement>(null);
  const upload = useVerb({
    projectId,
    failure: "The file could not be uploaded",
    showsOwnErrors: true,
    run: (file: File) =>
      callApi(uploadWorkflowFileOperation, {
        params: { project: projectId, workflow: workflow.id },
        query: { name: file.name },
        body: file,
      }),
    onSuccess: (file) => onChange({ file }),
  });
  const file = source && "file" in source ? source.file : null;
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center gap-2 text-sm">
        {file && (
          <span className="flex min-w-0 flex-1 items-baseline gap-2">
            <span className="truncate">{file.name}</span>
            <span className="tabular shrink-0 text-ink-faint text-xs">{formatBytes(file.size)}</span>
          </span>
        )}
        {!disabled && (
          <Button
            size="sm"
            icon={<FileUp size={13} />}
            isBusy={upload.isPending}
            onClick={() => field.current?.click()}
          >
            {file ? "Replace" : io.type === "directory" ? "Choose a zip" : "Choose a file"}
          </Button>
        )}
        {file && !disabled && (
          <Button size="sm" look="quiet" onClick={() => onChange(null)}>
            Remove
          </Button>
        )}
      </div>
      <input
        {...control}
        ref={field}
        type="file"
        disabled={disabled}
        // The button beside it does the same, with a look of its own.
        className="sr-only"
        tabIndex={-1}
        accept={io.type === "directory" ? ".zip" : undefined}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          event.target.value = "";
          if (chosen) upload.mutate(chosen);
        }}
      />
      {upload.error && <p className="text-danger text-xs">{upload.error.message}</p>}
    </div>
  );
}

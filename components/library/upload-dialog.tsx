"use client";
import { CircleCheck, CircleX } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { FormError } from "@/components/forms/form-error";
import { useProjectId } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Dialog } from "@/components/ui/dialog";
import { DropZone } from "@/components/ui/drop-zone";
import type { DroppedFile } from "@/components/ui/dropped-files";
import { ProblemList } from "@/components/ui/problem-list";
import type { PushedPackage } from "@/lib/actions/contract";
import { pushActionsOperation } from "@/lib/actions/operations";
import { ApiError, callApi } from "@/lib/http/client";
import { actionHref } from "./action-href";
import { toArchive } from "./zip-files";

export function UploadDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="md"
      title="Add actions"
      description="A folder with ryax_metadata.yaml and its handler, or a folder of such folders; as it is, or as a zip."
    >
      <UploadForm onClose={onClose} />
    </Dialog>
  );
}

function UploadForm({ onClose }: { onClose: () => void }) {
  const project = useProjectId();
  const [pushed, setPushed] = useState<PushedPackage[]>([]);
  const push = useVerb({
    projectId: project,
    failure: "The upload did not work",
    showsOwnErrors: true,
    run: async (files: DroppedFile[]) =>
      callApi(pushActionsOperation, { params: { project }, body: await toArchive(files) }),
    onSuccess: ({ items }) => setPushed(items),
  });
  const refused = push.error instanceof ApiError ? push.error.issues : [];
  return (
    <div className="flex min-h-0 flex-col gap-4">
      <DropZone
        title={push.isPending ? "Uploading and checking …" : "Drop a folder or a zip here"}
        hint="Up to 1 GiB"
        accept=".zip"
        takesFolders
        isBusy={push.isPending}
        onFiles={(files) => {
          setPushed([]);
          push.mutate(files);
        }}
      />
      <FormError message={push.error?.message} />
      {refused.length > 0 && (
        <div className="min-h-0 overflow-y-auto rounded-lg border border-line">
          <ProblemList problems={refused} label="What is wrong with the package" />
        </div>
      )}
      {pushed.length > 0 && (
        <ul
          aria-label="Uploaded"
          className="min-h-0 divide-y divide-line overflow-y-auto rounded-lg border border-line"
        >
          {pushed.map((item) => (
            <Pushed key={item.path} item={item} project={project} onClose={onClose} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Pushed({ item, project, onClose }: { item: PushedPackage; project: string; onClose: () => void }) {
  const { action, path, problems } = item;
  return (
    <li>
      <div className="flex items-center gap-2.5 px-4 py-2.5 text-sm">
        {action ? (
          <CircleCheck size={15} className="shrink-0 text-completed" aria-label="Stored" />
        ) : (
          <CircleX size={15} className="shrink-0 text-failed" aria-label="Refused" />
        )}
        {action ? (
          <Link
            href={actionHref(project, action)}
            onClick={onClose}
            className="min-w-0 flex-1 truncate font-medium underline-offset-2 hover:underline"
          >
            {action.name} <span className="tabular font-normal text-ink-faint">{action.version}</span>
          </Link>
        ) : (
          <span className="min-w-0 flex-1 truncate font-medium">{path || "The package"}</span>
        )}
        {action && <span className="text-ink-faint text-xs">see its build</span>}
      </div>
      {problems.length > 0 && <ProblemList problems={problems} label={`What is wrong with ${path || "the package"}`} />}
    </li>
  );
}

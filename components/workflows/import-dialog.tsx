"use client";
import { useMutation } from "@tanstack/react-query";
import { CircleCheck, FileText } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormError } from "@/components/forms/form-error";
import { useMay, useProjectId } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { DropZone } from "@/components/ui/drop-zone";
import { ProblemList, summarizeProblems } from "@/components/ui/problem-list";
import { showToast } from "@/components/ui/toast-store";
import type { Issue } from "@/lib/errors";
import { ApiError, callApi } from "@/lib/http/client";
import { checkWorkflowOperation, importWorkflowOperation } from "@/lib/workflows/operations";

export function ImportDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="md"
      title="Import a workflow"
      description="A workflow file as YAML, or a zip of it together with its files. Ryax's files work as they are."
    >
      <ImportForm onDone={onClose} />
    </Dialog>
  );
}

function ImportForm({ onDone }: { onDone: () => void }) {
  const project = useProjectId();
  const router = useRouter();
  const [file, setFile] = useState<File>();
  const check = useMutation({
    mutationFn: (chosen: File) => callApi(checkWorkflowOperation, { params: { project }, body: chosen }),
  });
  const importing = useVerb({
    projectId: project,
    failure: "The workflow could not be imported",
    showsOwnErrors: true,
    run: (query: { deploy: boolean; force: boolean }) =>
      callApi(importWorkflowOperation, { params: { project }, query, body: file }),
    onSuccess: (workflow) => {
      const title = workflow.state === "live" ? `${workflow.name} is live` : `${workflow.name} was imported as a draft`;
      showToast({ tone: "success", title });
      onDone();
      router.push(`/${project}/workflows/${workflow.id}`);
    },
  });
  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    importing.reset();
    check.mutate(chosen);
  };
  if (!file) {
    return (
      <DropZone
        title="Drop a workflow file here"
        hint=".yaml, .yml or .zip, up to 64 MiB"
        accept=".yaml,.yml,.zip"
        onFiles={(files) => choose(files[0]?.file)}
      />
    );
  }
  const problems = issuesOf(importing.error) ?? check.data?.problems ?? issuesOf(check.error) ?? [];
  return (
    <div className="flex min-h-0 flex-col gap-4">
      <div className="flex items-center gap-3 text-sm">
        <FileText size={16} className="text-ink-faint" aria-hidden="true" />
        <span className="min-w-0 flex-1 truncate font-medium">{file.name}</span>
        <Button size="sm" look="quiet" onClick={() => setFile(undefined)}>
          Choose another
        </Button>
      </div>
      <Judgement isPending={check.isPending} isValid={check.data?.valid ?? false} problems={problems} />
      <FormError message={(importing.error ?? check.error)?.message} />
      <ImportActions
        isValid={check.data?.valid ?? false}
        isChecked={!check.isPending}
        isBusy={importing.isPending}
        onImport={(query) => importing.mutate(query)}
      />
    </div>
  );
}

function issuesOf(error: Error | null): Issue[] | undefined {
  return error instanceof ApiError && error.issues.length > 0 ? error.issues : undefined;
}

function Judgement({ isPending, isValid, problems }: { isPending: boolean; isValid: boolean; problems: Issue[] }) {
  if (isPending) {
    return (
      <p role="status" className="text-ink-faint text-sm">
        Checking it …
      </p>
    );
  }
  if (problems.length === 0) {
    return isValid ? (
      <p role="status" className="flex items-center gap-2 text-completed text-sm">
        <CircleCheck size={15} aria-hidden="true" />
        Nothing is wrong with it.
      </p>
    ) : null;
  }
  return (
    <div className="min-h-0 overflow-y-auto rounded-lg border border-line">
      <p role="status" className="border-line border-b bg-sunken px-4 py-2 font-medium text-sm">
        {summarizeProblems(problems)}
      </p>
      <ProblemList problems={problems} label="What is wrong with the file" />
    </div>
  );
}

function ImportActions({
  isValid,
  isChecked,
  isBusy,
  onImport,
}: {
  isValid: boolean;
  isChecked: boolean;
  isBusy: boolean;
  onImport: (query: { deploy: boolean; force: boolean }) => void;
}) {
  const mayDeploy = useMay("workflows.deploy");
  if (!isChecked) return null;
  if (!isValid) {
    return (
      <DialogActions>
        <Button isBusy={isBusy} onClick={() => onImport({ deploy: false, force: true })}>
          Import as draft anyway
        </Button>
      </DialogActions>
    );
  }
  return (
    <DialogActions>
      {mayDeploy && (
        <Button look="primary" isBusy={isBusy} onClick={() => onImport({ deploy: true, force: false })}>
          Import and deploy
        </Button>
      )}
      <Button isBusy={isBusy} onClick={() => onImport({ deploy: false, force: false })}>
        Import as draft
      </Button>
    </DialogActions>
  );
}

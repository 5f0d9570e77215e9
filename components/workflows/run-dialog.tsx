"use client";
import { useRouter } from "next/navigation";
import { useProjectId } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Dialog } from "@/components/ui/dialog";
import { callApi } from "@/lib/http/client";
import { startRunOperation } from "@/lib/runs/operations";
import type { LiveVersion, WorkflowResource } from "@/lib/workflows/contract";
import type { ReadInput } from "./run-input";
import { RunInputForm } from "./run-input-form";
import { uploadRunFiles } from "./upload-run-files";

export function RunDialog({
  workflow,
  live,
  isOpen,
  onClose,
}: {
  workflow: WorkflowResource;
  live: LiveVersion;
  isOpen: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="md"
      title={`Run ${workflow.name}`}
      description={`Starts the live version, v${live.number}, with these inputs.`}
    >
      <RunForm workflow={workflow} live={live} />
    </Dialog>
  );
}

function RunForm({ workflow, live }: { workflow: WorkflowResource; live: LiveVersion }) {
  const projectId = useProjectId();
  const router = useRouter();
  const start = useVerb({
    projectId,
    failure: "The run could not be started",
    showsOwnErrors: true,
    run: async ({ input, files }: ReadInput) => {
      const uploaded = await uploadRunFiles(projectId, workflow.id, files);
      const params = { project: projectId, workflow: workflow.id };
      return callApi(startRunOperation, { params, body: { input: { ...input, ...uploaded } } });
    },
    onSuccess: (run) => router.push(`/${projectId}/runs/${run.id}`),
  });
  return (
    <RunInputForm
      definitions={live.inputs}
      verb="Run now"
      isBusy={start.isPending || start.isSuccess}
      error={start.error}
      onSubmit={(read) => start.mutate(read)}
    />
  );
}

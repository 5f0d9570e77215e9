"use client";
import { useRouter } from "next/navigation";
import { useProjectId } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Dialog } from "@/components/ui/dialog";
import { callApi } from "@/lib/http/client";
import { startRunOperation } from "@/lib/runs/operations";
import type { LiveVersion, WorkflowResource } from "@/lib/workflows/contract";
import type { RunInput } from "./run-input";
import { RunInputForm } from "./run-input-form";

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
    run: (input: RunInput) =>
      callApi(startRunOperation, { params: { project: projectId, workflow: workflow.id }, body: { input } }),
    onSuccess: (run) => router.push(`/${projectId}/runs/${run.id}`),
  });
  return (
    <RunInputForm
      definitions={live.inputs}
      verb="Run now"
      isBusy={start.isPending || start.isSuccess}
      error={start.error}
      onSubmit={(input) => start.mutate(input)}
    />
  );
}

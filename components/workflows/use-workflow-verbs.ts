import { useRouter } from "next/navigation";
import { useProjectId } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { showToast } from "@/components/ui/toast-store";
import { callApi } from "@/lib/http/client";
import type { WorkflowResource } from "@/lib/workflows/contract";
import {
  cloneWorkflowOperation,
  deleteWorkflowOperation,
  deployWorkflowOperation,
  stopWorkflowOperation,
} from "@/lib/workflows/operations";

type Target = Pick<WorkflowResource, "id" | "name" | "version" | "state">;

/** What can be done to a workflow; each says what came of it, and offers an undo where there is one. */
export function useWorkflowVerbs() {
  const projectId = useProjectId();
  const paramsOf = (workflow: Target) => ({ project: projectId, workflow: workflow.id });

  const deploy = useVerb({
    projectId,
    failure: "The workflow could not be deployed",
    run: ({ workflow, version, revision }: { workflow: Target; version?: number; revision?: number }) =>
      callApi(deployWorkflowOperation, { params: paramsOf(workflow), body: { version, revision } }),
    onSuccess: (live, { workflow }) => {
      const isOther = workflow.state === "live" && workflow.version !== null && workflow.version !== live.version;
      const previous = workflow.version;
      showToast({
        tone: "success",
        title: `${live.name} v${live.version} is live`,
        ...(isOther &&
          previous !== null && {
            action: { label: `Back to v${previous}`, run: () => deploy.mutate({ workflow: live, version: previous }) },
          }),
      });
    },
  });

  const stop = useVerb({
    projectId,
    failure: "The workflow could not be stopped",
    run: ({ workflow, cancelRuns }: { workflow: Target; cancelRuns: boolean }) =>
      callApi(stopWorkflowOperation, { params: paramsOf(workflow), body: { cancelRuns } }),
    onSuccess: (_stopped, { workflow, cancelRuns }) => {
      const { version } = workflow;
      showToast({
        tone: "success",
        title: `${workflow.name} is stopped`,
        detail: cancelRuns ? "Its runs are being canceled." : "Runs under way go on to their end.",
        ...(version !== null && { action: { label: "Undo", run: () => deploy.mutate({ workflow, version }) } }),
      });
    },
  });

  const router = useRouter();
  const clone = useVerb({
    projectId,
    failure: "The workflow could not be cloned",
    run: (workflow: Target) => callApi(cloneWorkflowOperation, { params: paramsOf(workflow), body: {} }),
    onSuccess: (copy) =>
      showToast({
        tone: "success",
        title: `“${copy.name}” is a draft of its own`,
        action: { label: "Open it", run: () => router.push(`/${projectId}/workflows/${copy.id}/studio`) },
      }),
  });

  const remove = useVerb({
    projectId,
    failure: "The workflow could not be deleted",
    showsOwnErrors: true,
    run: (workflow: Target) => callApi(deleteWorkflowOperation, { params: paramsOf(workflow) }),
    onSuccess: (_nothing, workflow) => showToast({ tone: "success", title: `${workflow.name} was deleted` }),
  });

  return { deploy, stop, clone, remove };
}

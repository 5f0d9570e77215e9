import { useRouter } from "next/navigation";
import { useProjectId } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { showToast } from "@/components/ui/toast-store";
import { callApi } from "@/lib/http/client";
import { cancelRunOperation, deleteRunOperation, replayRunOperation } from "@/lib/runs/operations";
import type { Json } from "./edited-input";

export interface ReplayRequest {
  /** The step that it starts from; null for the trigger. */
  from: string | null;
  /** Inputs that are to be others than they were. */
  input?: Record<string, Json>;
}

/** @param showsOwnErrors whoever asks for a replay shows why it did not begin */
export function useRunVerbs(runId: string, showsOwnErrors = false) {
  const project = useProjectId();
  const router = useRouter();
  const params = { project, run: runId };
  const cancel = useVerb({
    projectId: project,
    failure: "The run could not be canceled",
    run: () => callApi(cancelRunOperation, { params }),
    onSuccess: (run) =>
      showToast({
        tone: run.state === "canceled" ? "success" : "plain",
        title: run.state === "canceled" ? "The run was canceled" : "The run is being canceled",
      }),
  });
  const replay = useVerb({
    projectId: project,
    failure: "The run could not be replayed",
    showsOwnErrors,
    run: ({ from, input }: ReplayRequest) =>
      callApi(replayRunOperation, { params, body: { ...(from !== null && { from }), ...(input && { input }) } }),
    onSuccess: (run) => {
      showToast({ tone: "success", title: "A replay has begun" });
      router.push(`/${project}/runs/${run.id}`);
    },
  });
  const remove = useVerb({
    projectId: project,
    failure: "The run could not be deleted",
    run: () => callApi(deleteRunOperation, { params }),
    onSuccess: () => {
      showToast({ tone: "success", title: "The run was deleted" });
      router.push(`/${project}/runs`);
    },
  });
  return { cancel, replay, remove };
}

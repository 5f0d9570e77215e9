import { useProjectId } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { showToast } from "@/components/ui/toast-store";
import { callApi } from "@/lib/http/client";
import { redeliverEventsOperation } from "@/lib/triggers/operations";

/** Delivers events to the live version once more, and says what came of it. */
export function useRedeliver(workflowId: string) {
  const projectId = useProjectId();
  return useVerb({
    projectId,
    failure: "The events could not be delivered again",
    run: (events: string[]) =>
      callApi(redeliverEventsOperation, { params: { project: projectId, workflow: workflowId }, body: { events } }),
    onSuccess: ({ items }) => {
      const problem = items.find((item) => item.problem !== null)?.problem;
      const started = items.filter((item) => item.runId !== null).length;
      showToast({
        tone: problem ? "error" : "success",
        title: started === 1 ? "A run was started" : `${started} runs were started`,
        ...(problem && { detail: problem }),
      });
    },
  });
}

import type { QueryClient } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import { readAgain } from "@/components/query/read-again";
import { refreshRuns } from "@/components/runs/refresh-runs";
import { refreshUsage } from "@/components/usage/refresh-usage";
import type { ProjectChange } from "@/lib/events/change";

/** Has everything read again that a change concerns and that is shown. */
export function applyChange(client: QueryClient, projectId: string, change: ProjectChange): void {
  for (const topic of change.topics) {
    if (topic === "runs") {
      refreshRuns(client, projectId, change.runs);
      refreshUsage(client, projectId);
    } else readAgain(client, projectKey(projectId, topic));
  }
  // A workflow is valid or not by what the library and the variables hold.
  if (change.topics.some((topic) => topic === "library" || topic === "variables")) {
    readAgain(client, projectKey(projectId, "workflows"));
  }
}

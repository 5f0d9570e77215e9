import type { QueryClient } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import { readAgain } from "@/components/query/read-again";
import { refreshRuns } from "@/components/runs/refresh-runs";
import { refreshUsage } from "@/components/usage/refresh-usage";
import type { ChangeTopic, ProjectChange } from "@/lib/events/change";

/** The parts of a project that a change concerns. A workflow is valid or not by what the library and the variables hold. */
export function concernedBy({ topics }: ProjectChange): ChangeTopic[] {
  const reachesWorkflows = topics.some((topic) => topic === "library" || topic === "variables");
  return [...new Set([...topics, ...(reachesWorkflows ? (["workflows"] as const) : [])])];
}

/** Has everything read again that a change concerns and that is shown. */
export function applyChange(client: QueryClient, projectId: string, change: ProjectChange): void {
  for (const topic of concernedBy(change)) {
    if (topic === "runs") {
      refreshRuns(client, projectId, change.runs);
      refreshUsage(client, projectId);
    } else readAgain(client, projectKey(projectId, topic));
  }
}

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import type { EventOutcome } from "@/drizzle/enums";
import { callApi } from "@/lib/http/client";
import {
  listEventsOperation,
  readTriggerLogOperation,
  showClockOperation,
  showTriggerOperation,
} from "@/lib/triggers/operations";

const pageSize = 50;

export function eventsQuery(projectId: string, workflowId: string, outcome: EventOutcome | undefined) {
  return infiniteQueryOptions({
    queryKey: projectKey(projectId, "events", workflowId, outcome ?? "all"),
    queryFn: ({ pageParam: cursor, signal }) =>
      callApi(
        listEventsOperation,
        { params: { project: projectId, workflow: workflowId }, query: { outcome, cursor, limit: pageSize } },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** A clock's next times change with each event. */
export function clockQuery(projectId: string, workflowId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "events", workflowId, "clock"),
    queryFn: ({ signal }) =>
      callApi(showClockOperation, { params: { project: projectId, workflow: workflowId } }, { signal }),
  });
}

export function triggerQuery(projectId: string, workflowId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "events", workflowId, "trigger"),
    queryFn: ({ signal }) =>
      callApi(showTriggerOperation, { params: { project: projectId, workflow: workflowId } }, { signal }),
  });
}

const logLines = 200;

export function triggerLogQuery(projectId: string, workflowId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "events", workflowId, "trigger-log"),
    queryFn: ({ signal }) =>
      callApi(
        readTriggerLogOperation,
        { params: { project: projectId, workflow: workflowId }, query: { limit: logLines } },
        { signal },
      ),
  });
}

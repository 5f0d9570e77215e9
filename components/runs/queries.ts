import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import { callApi } from "@/lib/http/client";
import type { RunFilter } from "@/lib/runs/contract";
import {
  countRunsOperation,
  listRunsOperation,
  showActivityOperation,
  showRunDefinitionOperation,
  showRunOperation,
} from "@/lib/runs/operations";

export const runsPageSize = 50;

export const runListKey = (projectId: string) => projectKey(projectId, "runs", "list");

export function runsQuery(projectId: string, filter: RunFilter) {
  return infiniteQueryOptions({
    queryKey: [...runListKey(projectId), filter] as const,
    queryFn: ({ pageParam, signal }) => fetchRunsPage(projectId, filter, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function fetchRunsPage(projectId: string, filter: RunFilter, cursor?: string, signal?: AbortSignal) {
  const query = { ...filter, cursor, limit: runsPageSize };
  return callApi(listRunsOperation, { params: { project: projectId }, query }, { signal });
}

export function fetchRun(projectId: string, runId: string, signal?: AbortSignal) {
  return callApi(showRunOperation, { params: { project: projectId, run: runId } }, { signal });
}

export function runQuery(projectId: string, runId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "runs", "one", runId),
    queryFn: ({ signal }) => fetchRun(projectId, runId, signal),
  });
}

/** What ran does not change. */
export function runDefinitionQuery(projectId: string, runId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "runs", "definition", runId),
    queryFn: ({ signal }) =>
      callApi(showRunDefinitionOperation, { params: { project: projectId, run: runId } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function activityQuery(projectId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "runs", "activity"),
    queryFn: ({ signal }) => callApi(showActivityOperation, { params: { project: projectId } }, { signal }),
  });
}

export function countQuery(projectId: string, filter: RunFilter) {
  return queryOptions({
    queryKey: projectKey(projectId, "runs", "count", filter),
    queryFn: ({ signal }) => callApi(countRunsOperation, { params: { project: projectId }, query: filter }, { signal }),
  });
}

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import { listAuditOperation } from "@/lib/audit/operations";
import { callApi } from "@/lib/http/client";
import { listKeysOperation } from "@/lib/keys/operations";
import { listVariablesOperation } from "@/lib/variables/operations";

export function keysQuery(projectId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "keys", "list"),
    queryFn: ({ signal }) => callApi(listKeysOperation, { params: { project: projectId } }, { signal }),
  });
}

export function auditQuery(projectId: string, about: string) {
  return infiniteQueryOptions({
    queryKey: projectKey(projectId, "project", "audit", about),
    queryFn: ({ pageParam, signal }) =>
      callApi(
        listAuditOperation,
        { params: { project: projectId }, query: { limit: 50, cursor: pageParam, ...(about && { about }) } },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function variablesQuery(projectId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "variables", "list"),
    queryFn: ({ signal }) => callApi(listVariablesOperation, { params: { project: projectId } }, { signal }),
  });
}

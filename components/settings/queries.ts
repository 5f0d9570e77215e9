import { queryOptions } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import { callApi } from "@/lib/http/client";
import { listKeysOperation } from "@/lib/keys/operations";
import { listVariablesOperation } from "@/lib/variables/operations";

export function keysQuery(projectId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "keys", "list"),
    queryFn: ({ signal }) => callApi(listKeysOperation, { params: { project: projectId } }, { signal }),
  });
}

export function variablesQuery(projectId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "variables", "list"),
    queryFn: ({ signal }) => callApi(listVariablesOperation, { params: { project: projectId } }, { signal }),
  });
}

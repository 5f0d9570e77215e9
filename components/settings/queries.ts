import { queryOptions } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import { callApi } from "@/lib/http/client";
import { listKeysContract } from "@/lib/keys/contract";
import { listVariablesContract } from "@/lib/variables/contract";

export function keysQuery(projectId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "keys", "list"),
    queryFn: ({ signal }) => callApi(listKeysContract, { params: { project: projectId } }, { signal }),
  });
}

export function variablesQuery(projectId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "variables", "list"),
    queryFn: ({ signal }) => callApi(listVariablesContract, { params: { project: projectId } }, { signal }),
  });
}

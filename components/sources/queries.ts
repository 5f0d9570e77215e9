import { queryOptions } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import { callApi } from "@/lib/http/client";
import { listSourcesOperation, showSourceOperation } from "@/lib/sources/operations";

export function sourcesQuery(projectId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "library", "sources"),
    queryFn: ({ signal }) => callApi(listSourcesOperation, { params: { project: projectId } }, { signal }),
  });
}

export function sourceQuery(projectId: string, source: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "library", "sources", source),
    queryFn: ({ signal }) => callApi(showSourceOperation, { params: { project: projectId, source } }, { signal }),
  });
}

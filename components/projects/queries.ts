import { queryOptions } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import { callApi } from "@/lib/http/client";
import { listProjectsOperation, showProjectOperation } from "@/lib/projects/operations";

export function projectsQuery() {
  return queryOptions({
    queryKey: ["projects"] as const,
    queryFn: ({ signal }) => callApi(listProjectsOperation, {}, { signal }),
  });
}

export function projectQuery(projectId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "project", "one"),
    queryFn: ({ signal }) => callApi(showProjectOperation, { params: { project: projectId } }, { signal }),
  });
}

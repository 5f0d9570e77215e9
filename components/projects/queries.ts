import { queryOptions } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import { callApi } from "@/lib/http/client";
import { listProjectsContract, showProjectContract } from "@/lib/projects/contract";

export function projectsQuery() {
  return queryOptions({
    queryKey: ["projects"] as const,
    queryFn: ({ signal }) => callApi(listProjectsContract, {}, { signal }),
  });
}

export function projectQuery(projectId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "project", "one"),
    queryFn: ({ signal }) => callApi(showProjectContract, { params: { project: projectId } }, { signal }),
  });
}

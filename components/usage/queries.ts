import { queryOptions } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import { callApi } from "@/lib/http/client";
import { showUsageOperation } from "@/lib/usage/operations";

export function usageQuery(projectId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "usage", "shown"),
    queryFn: ({ signal }) => callApi(showUsageOperation, { params: { project: projectId } }, { signal }),
  });
}

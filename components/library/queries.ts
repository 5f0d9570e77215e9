import { queryOptions } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import { listActionsContract, showActionContract } from "@/lib/actions/contract";
import { callApi } from "@/lib/http/client";

export function actionsQuery(projectId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "library", "list"),
    queryFn: ({ signal }) => callApi(listActionsContract, { params: { project: projectId } }, { signal }),
  });
}

export function actionQuery(projectId: string, action: string, version: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "library", "one", action, version),
    queryFn: ({ signal }) =>
      callApi(showActionContract, { params: { project: projectId, action, version } }, { signal }),
  });
}

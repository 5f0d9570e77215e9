import { queryOptions } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import { listActionsOperation, showActionOperation } from "@/lib/actions/operations";
import { listCatalogueOperation } from "@/lib/catalogue/operations";
import { callApi } from "@/lib/http/client";

export function actionsQuery(projectId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "library", "list"),
    queryFn: ({ signal }) => callApi(listActionsOperation, { params: { project: projectId } }, { signal }),
  });
}

export function actionQuery(projectId: string, action: string, version: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "library", "one", action, version),
    queryFn: ({ signal }) =>
      callApi(showActionOperation, { params: { project: projectId, action, version } }, { signal }),
  });
}

/** The same for every project, and until the server is another release. */
export function catalogueQuery() {
  return queryOptions({
    queryKey: ["catalogue"],
    queryFn: ({ signal }) => callApi(listCatalogueOperation, {}, { signal }),
  });
}

import { queryOptions } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import { callApi } from "@/lib/http/client";
import { listWorkflowsOperation, showWorkflowOperation } from "@/lib/workflows/operations";

export function workflowsQuery(projectId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "workflows", "list"),
    queryFn: ({ signal }) => callApi(listWorkflowsOperation, { params: { project: projectId } }, { signal }),
  });
}

export function workflowQuery(projectId: string, workflowId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "workflows", "one", workflowId),
    queryFn: ({ signal }) =>
      callApi(showWorkflowOperation, { params: { project: projectId, workflow: workflowId } }, { signal }),
  });
}

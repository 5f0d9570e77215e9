import { queryOptions } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import { callApi } from "@/lib/http/client";
import { listWorkflowsContract, showWorkflowContract } from "@/lib/workflows/contract";

export function workflowsQuery(projectId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "workflows", "list"),
    queryFn: ({ signal }) => callApi(listWorkflowsContract, { params: { project: projectId } }, { signal }),
  });
}

export function workflowQuery(projectId: string, workflowId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "workflows", "one", workflowId),
    queryFn: ({ signal }) =>
      callApi(showWorkflowContract, { params: { project: projectId, workflow: workflowId } }, { signal }),
  });
}

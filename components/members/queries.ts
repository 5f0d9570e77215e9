import { queryOptions } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import { callApi } from "@/lib/http/client";
import { listInvitesOperation, listMembersOperation } from "@/lib/members/operations";

export function membersQuery(projectId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "members", "list"),
    queryFn: ({ signal }) => callApi(listMembersOperation, { params: { project: projectId } }, { signal }),
  });
}

export function invitesQuery(projectId: string) {
  return queryOptions({
    queryKey: projectKey(projectId, "members", "invites"),
    queryFn: ({ signal }) => callApi(listInvitesOperation, { params: { project: projectId } }, { signal }),
  });
}

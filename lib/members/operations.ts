import { operation } from "@/lib/http/operation";
import type * as contract from "./contract";

/** What screens call of this domain; see `Operation`. Pure. */

export const listMembersOperation = operation<typeof contract.listMembersContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/members",
});

export const changeMemberRoleOperation = operation<typeof contract.changeMemberRoleContract>({
  method: "PATCH",
  path: "/api/v1/projects/{project}/members/{member}",
  body: "json",
});

export const removeMemberOperation = operation<typeof contract.removeMemberContract>({
  method: "DELETE",
  path: "/api/v1/projects/{project}/members/{member}",
});

export const leaveProjectOperation = operation<typeof contract.leaveProjectContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/leave",
});

export const listInvitesOperation = operation<typeof contract.listInvitesContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/invites",
});

export const createInviteOperation = operation<typeof contract.createInviteContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/invites",
  body: "json",
});

export const revokeInviteOperation = operation<typeof contract.revokeInviteContract>({
  method: "DELETE",
  path: "/api/v1/projects/{project}/invites/{invite}",
});

export const acceptInviteOperation = operation<typeof contract.acceptInviteContract>({
  method: "POST",
  path: "/api/v1/invites/{token}/accept",
});

export const signUpInvitedOperation = operation<typeof contract.signUpInvitedContract>({
  method: "POST",
  path: "/api/v1/invites/{token}/signup",
  body: "json",
});

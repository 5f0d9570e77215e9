export { acceptInvite, showInvite, signUpInvited } from "./accept-invite";
export { changeMemberRole } from "./change-member-role";
export { createInvite } from "./create-invite";
export { listInvites } from "./list-invites";
export { listMembers } from "./list-members";
export { leaveProject, removeMember } from "./remove-member";
export { revokeInvite } from "./revoke-invite";

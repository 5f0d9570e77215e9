import { route } from "@/lib/http/route";
import { changeMemberRole, removeMember } from "@/lib/members";
import { changeMemberRoleContract, removeMemberContract } from "@/lib/members/contract";

export const PATCH = route(changeMemberRoleContract, changeMemberRole, ({ params, body }) => ({
  userId: params.member,
  role: body.role,
}));
export const DELETE = route(removeMemberContract, removeMember, ({ params }) => ({ userId: params.member }));

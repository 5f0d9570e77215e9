import { route } from "@/lib/http/route";
import { revokeInvite } from "@/lib/members";
import { revokeInviteContract } from "@/lib/members/contract";

export const DELETE = route(revokeInviteContract, revokeInvite, ({ params }) => ({ inviteId: params.invite }));

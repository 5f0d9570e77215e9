import { route } from "@/lib/http/route";
import { createInvite, listInvites } from "@/lib/members";
import { createInviteContract, listInvitesContract } from "@/lib/members/contract";

export const GET = route(listInvitesContract, listInvites, () => undefined);
export const POST = route(createInviteContract, createInvite, ({ body }) => body);

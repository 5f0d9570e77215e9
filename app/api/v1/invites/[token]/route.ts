import { route } from "@/lib/http/route";
import { showInvite } from "@/lib/members";
import { showInviteContract } from "@/lib/members/contract";

export const GET = route(showInviteContract, showInvite, ({ params }) => params);

import { route } from "@/lib/http/route";
import { acceptInvite } from "@/lib/members";
import { acceptInviteContract } from "@/lib/members/contract";

export const POST = route(acceptInviteContract, acceptInvite, ({ params }) => params);

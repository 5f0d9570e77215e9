import { route } from "@/lib/http/route";
import { signUpInvited } from "@/lib/members";
import { signUpInvitedContract } from "@/lib/members/contract";

export const POST = route(signUpInvitedContract, signUpInvited, ({ params, body }) => ({ ...body, ...params }));

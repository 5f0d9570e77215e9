import { signIn } from "@/lib/accounts";
import { signInContract } from "@/lib/accounts/contract";
import { route } from "@/lib/http/route";

export const POST = route(signInContract, signIn, ({ body }) => body);

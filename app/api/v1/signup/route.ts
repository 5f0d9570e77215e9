import { signUp } from "@/lib/accounts";
import { signUpContract } from "@/lib/accounts/contract";
import { route } from "@/lib/http/route";

export const POST = route(signUpContract, signUp, ({ body }) => body);

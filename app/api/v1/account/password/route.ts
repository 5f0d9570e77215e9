import { changePassword } from "@/lib/accounts";
import { changePasswordContract } from "@/lib/accounts/contract";
import { route } from "@/lib/http/route";

export const POST = route(changePasswordContract, changePassword, ({ body, token }) => ({ ...body, token }));

import { updateAccount } from "@/lib/accounts";
import { updateAccountContract } from "@/lib/accounts/contract";
import { route } from "@/lib/http/route";

export const PATCH = route(updateAccountContract, updateAccount, ({ body }) => body);

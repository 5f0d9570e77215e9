import { listTokens } from "@/lib/accounts";
import { listTokensContract } from "@/lib/accounts/contract";
import { route } from "@/lib/http/route";

export const GET = route(listTokensContract, listTokens, ({ token }) => ({ token }));

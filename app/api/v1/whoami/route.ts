import { whoAmI } from "@/lib/accounts";
import { whoAmIContract } from "@/lib/accounts/contract";
import { route } from "@/lib/http/route";

export const GET = route(whoAmIContract, whoAmI, () => undefined);

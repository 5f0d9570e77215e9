import { revokeToken } from "@/lib/accounts";
import { revokeTokenContract } from "@/lib/accounts/contract";
import { route } from "@/lib/http/route";

export const DELETE = route(revokeTokenContract, revokeToken, ({ params }) => ({ tokenId: params.token }));

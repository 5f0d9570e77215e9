import { route } from "@/lib/http/route";
import { revokeKey } from "@/lib/keys";
import { revokeKeyContract } from "@/lib/keys/contract";

export const DELETE = route(revokeKeyContract, revokeKey, ({ params }) => ({ keyId: params.key }));

import { route } from "@/lib/http/route";
import { createKey, listKeys } from "@/lib/keys";
import { createKeyContract, listKeysContract } from "@/lib/keys/contract";

export const GET = route(listKeysContract, listKeys, () => undefined);
export const POST = route(createKeyContract, createKey, ({ body }) => body);

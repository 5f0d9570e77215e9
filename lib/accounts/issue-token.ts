import { hashToken, randomToken } from "@/lib/crypto/tokens";
import { newId } from "@/lib/ids";
import { insertToken } from "./store";

export const tokenPrefix = "mrt_";

/** Makes a personal token. It is shown once; only its hash is kept. */
export async function issueToken(userId: string, name: string): Promise<string> {
  const token = tokenPrefix + randomToken();
  await insertToken({ id: newId("token"), userId, name, hash: hashToken(token) });
  return token;
}

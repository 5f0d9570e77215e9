import { type KnownKey, verifyKey } from "@/lib/keys";

/** The key in a request, from whichever header holds one. Keys in the query string would end up in logs: not taken. */
export function keyInRequest(headers: Headers): string | null {
  const named = headers.get("x-api-key");
  if (named) return named.trim();
  const authorization = headers.get("authorization")?.trim();
  if (!authorization) return null;
  const [scheme, value] = authorization.split(/\s+/, 2);
  // Ryax takes its own tokens bare.
  if (value === undefined) return scheme ?? null;
  return scheme?.toLowerCase() === "bearer" ? value : null;
}

/** The project's key that the caller sent, if it is one. */
export async function callerKey(projectId: string, headers: Headers): Promise<KnownKey | undefined> {
  const secret = keyInRequest(headers);
  return secret ? verifyKey(projectId, secret) : undefined;
}

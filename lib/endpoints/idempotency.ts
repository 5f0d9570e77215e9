import { AppError } from "@/lib/errors";
import type { StartableVersion } from "@/lib/runs";
import { digestOf, type EventStart, runIdOfEvent, startRunFromEvent } from "@/lib/triggers";
import type { StoredValues } from "@/lib/values";
import { idempotencyHeader, maxIdempotencyKeyLength } from "./idempotency-header";

/** Null where the call has none. @throws AppError `bad_request` */
export function idempotencyKeyOf(headers: Headers): string | null {
  const key = headers.get(idempotencyHeader);
  if (key === null) return null;
  if (key.length >= 1 && key.length <= maxIdempotencyKeyLength) return key;
  throw new AppError("bad_request", `The ${idempotencyHeader} must have 1 to ${maxIdempotencyKeyLength} characters.`);
}

/** Two callers with API keys of their own do not meet, whatever they number their calls by. */
const identityOfCall = (apiKeyId: string | null, key: string) => (apiKeyId ? `${key} (${apiKeyId})` : key);

export interface KeyedCall {
  runId: string;
  /** @throws AppError `conflict` where the key came with other content before */
  accept: () => Promise<EventStart>;
}

/** A call that is made once, however often it is sent. */
export function keyedCall(
  version: StartableVersion,
  key: string,
  call: { input: StoredValues; apiKeyId: string | null; isAwaited: boolean },
): KeyedCall {
  const { input, apiKeyId, isAwaited } = call;
  const identity = identityOfCall(apiKeyId, key);
  const accept = async () => {
    const digest = await digestOf(version.projectId, input);
    return startRunFromEvent(version, { kind: "http", identity, input, digest, isAwaited, apiKeyId });
  };
  return { runId: runIdOfEvent(version, { identity }), accept };
}

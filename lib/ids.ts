import { randomBytes, randomInt } from "node:crypto";

const prefixes = {
  user: "usr",
  token: "tok",
  key: "key",
  invite: "inv",
  actionVersion: "act",
  workflow: "wf",
  workflowVersion: "wfv",
  request: "req",
  event: "evt",
  source: "src",
  trial: "try",
} as const;

export type IdKind = keyof typeof prefixes;

const crockford = "0123456789abcdefghjkmnpqrstvwxyz";
const lowerAlphanumeric = "0123456789abcdefghijklmnopqrstuvwxyz";

function randomText(alphabet: string, length: number): string {
  let text = "";
  for (let index = 0; index < length; index++) text += alphabet[randomInt(alphabet.length)];
  return text;
}

function encodeTime(milliseconds: number): string {
  let rest = milliseconds;
  let text = "";
  for (let index = 0; index < 10; index++) {
    text = crockford[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** A row id: a prefix for its kind, then a ULID body (48 bits of time, 80 random bits), so ids sort by creation. */
export function newId(kind: IdKind): string {
  let body = "";
  for (const byte of randomBytes(16)) body += crockford[byte % 32];
  return `${prefixes[kind]}_${encodeTime(Date.now())}${body}`;
}

/** A project's id stands in public URLs, so it is short. 36^10 of them. */
export function newProjectId(): string {
  return randomText(lowerAlphanumeric.slice(10), 1) + randomText(lowerAlphanumeric, 9);
}

const runIdPattern = /^WorkflowRun-\d{9,12}-[0-9a-z]{4,32}$/;

/** `WorkflowRun-<unix seconds>-<suffix>`; the suffix carries 103 random bits. */
export function newRunId(): string {
  return `WorkflowRun-${Math.floor(Date.now() / 1000)}-${randomText(lowerAlphanumeric, 20)}`;
}

/**
 * The id of a run that bytes stand for: the same bytes, the same id. Without a time of its own the event gives zeros,
 * since any other number would differ from one attempt to the next.
 */
export function runIdFrom(bytes: Uint8Array, at: Date | null): string {
  const seconds = at ? Math.floor(at.getTime() / 1000) : 0;
  let suffix = "";
  for (const byte of bytes.subarray(0, 20)) suffix += lowerAlphanumeric[byte % 36];
  return `WorkflowRun-${String(seconds).padStart(10, "0")}-${suffix}`;
}

export function isRunId(text: string): boolean {
  return runIdPattern.test(text);
}

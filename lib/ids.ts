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

export function isRunId(text: string): boolean {
  return runIdPattern.test(text);
}

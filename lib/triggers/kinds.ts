/** How a trigger works once its workflow is live. Pure. */
export const triggerKinds = ["http_api", "form", "webhook", "clock", "manual", "listening", "workflow_end"] as const;
export type TriggerKind = (typeof triggerKinds)[number];

/** Triggers that Millrace serves itself, whatever code a package of that id holds. */
const nativeKinds = new Map<string, TriggerKind>([
  ["httpapijson", "http_api"],
  ["postgw", "form"],
  ["webhook", "webhook"],
  ["github-event", "webhook"],
  ["gitlab-merge-request", "webhook"],
  ["gitlab-pipeline", "webhook"],
  ["gitlab-release", "webhook"],
  ["hubspot-contact", "webhook"],
  ["emitevery", "clock"],
  ["crongw", "clock"],
  ["one-run", "clock"],
  ["manual", "manual"],
  ["workflow-end", "workflow_end"],
]);

export function triggerKindOf(actionId: string): TriggerKind {
  return nativeKinds.get(actionId) ?? "listening";
}

/** What brings events that are told apart by their identity; `http` is a call with an `Idempotency-Key`, `workflow` a step of another run. */
export const eventKinds = ["http", "form", "webhook", "clock", "trigger", "workflow", "workflow_end"] as const;
export type EventKind = (typeof eventKinds)[number];

export const inputOrigins = ["path", "query", "header", "cookie", "body"] as const;
export type InputOrigin = (typeof inputOrigins)[number];

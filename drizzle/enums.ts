/** Closed lists that the database, the contracts and the screens share. Pure: imports nothing. */

export const roles = ["admin", "developer", "operator", "viewer"] as const;
export type Role = (typeof roles)[number];

export const runStates = ["queued", "running", "completed", "failed", "canceled"] as const;
export type RunState = (typeof runStates)[number];

export const stepStates = ["queued", "running", "completed", "failed", "canceled", "skipped"] as const;
export type StepState = (typeof stepStates)[number];

export const actionVersionStates = ["pending", "building", "built", "failed"] as const;
export type ActionVersionState = (typeof actionVersionStates)[number];

export const actionKinds = ["trigger", "action"] as const;
export type ActionKind = (typeof actionKinds)[number];

/** `waiting` until the first scan; `failed` when the last one could not be done. */
export const sourceStates = ["waiting", "scanning", "scanned", "failed"] as const;
export type SourceState = (typeof sourceStates)[number];

/** When a git repository is scanned besides when somebody asks. */
export const sourceSchedules = ["manual", "hourly", "daily"] as const;
export type SourceSchedule = (typeof sourceSchedules)[number];

/** What became of an event: `pending` until Temporal has the run, which is when its source is told; `ignored` where
 * the workflow's author does not want such ones. */
export const eventOutcomes = ["pending", "started", "duplicate", "ignored", "rejected", "limited"] as const;
export type EventOutcome = (typeof eventOutcomes)[number];

export const logStreams = ["stdout", "stderr", "system"] as const;
export type LogStream = (typeof logStreams)[number];

/** How a listening trigger does. `failed` is started again when its time has come; `ended` is not. */
export const listenerStates = ["starting", "running", "failed", "ended"] as const;
export type ListenerState = (typeof listenerStates)[number];

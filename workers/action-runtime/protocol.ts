import { z } from "zod";
import { logStreams } from "@/drizzle/enums";
import type { ActionInterface } from "@/lib/actions/interface";
import type { NetworkAccess } from "@/lib/actions/network";
import type { SandboxReport } from "@/lib/fleet/sandbox-level";
import type { JsonValue } from "@/lib/values";
import type { IoDefinition } from "@/lib/values/types";
import type { ServiceSettings, ServiceSpec } from "./network/sandbox-service";
import type { NetworkSettings } from "./network/settings";
import type { ProcessLimits } from "./resource-limits";

/** What the runner is told about an input or output: enough to convert it, no more. */
export interface RunnerIo {
  name: string;
  type: string;
}

export const languages = ["python", "node"] as const;
export type Language = (typeof languages)[number];

/** What runners cut themselves; one in hostile hands does not. */
const longText = z.string().transform((text) => text.slice(0, 8 * 1024));

/** An error as the run records it; whoever made it is in `origin`. */
export const runtimeErrorSchema = z.object({
  /** Class name: the user's own, or one of the supervisor's (`Timeout`, `OutOfMemory`, `WorkerExited`, …). */
  class: z.string().max(300),
  module: z.string().max(300).nullable().default(null),
  message: longText,
  code: z.union([z.string().max(200), z.number(), z.null()]).default(null),
  stack: z
    .array(z.object({ file: z.string().max(500), line: z.number().int().nullable(), name: z.string().max(300) }))
    .max(30)
    .default([]),
  /** `handler`: the user's code raised it. `import`: loading did. `runtime`: the supervisor made it. */
  origin: z.enum(["handler", "import", "runtime"]),
  /** Set when it is a RyaxException: its own message and code, whatever their types. */
  ryax: z.object({ message: longText, code: z.number().nullable() }).nullable().default(null),
});
export type RuntimeError = z.infer<typeof runtimeErrorSchema>;

export const supervisorErrors = {
  timeout: { class: "Timeout", code: "TIMEOUT" },
  initTimeout: { class: "InitTimeout", code: "INIT_TIMEOUT" },
  outOfMemory: { class: "OutOfMemory", code: "OOM" },
  workerExited: { class: "WorkerExited", code: "WORKER_EXITED" },
  protocol: { class: "ProtocolError", code: "PROTOCOL" },
  logLimit: { class: "LogLimit", code: "LOG_LIMIT" },
  outputInvalid: { class: "OutputInvalid", code: "OUTPUT_INVALID" },
  canceled: { class: "Canceled", code: "CANCELED" },
  sandboxUnavailable: { class: "SandboxUnavailable", code: "SANDBOX_UNAVAILABLE" },
} as const;

export function supervisorError(kind: keyof typeof supervisorErrors, message: string): RuntimeError {
  return { ...supervisorErrors[kind], message, module: null, stack: [], origin: "runtime", ryax: null };
}

// ---- runnerd <-> sandboxed runner -------------------------------------------------------------------------------

/** A file among an output's parts; `path` is relative inside a directory output and empty for a plain file. */
const outputFileSchema = z.object({
  type: z.literal("file"),
  id: z.number().int(),
  stream: z.number().int().nonnegative(),
  output: z.string(),
  kind: z.enum(["file", "directory", "value"]),
  name: z.string().max(1000),
  path: z.string().max(4000),
});
export type OutputFile = z.infer<typeof outputFileSchema>;
const fileEndSchema = z.object({ type: z.literal("file_end"), id: z.number().int(), stream: z.number().int() });

/** An output: JSON, an integer beyond 2^53 as text, or the number of the stream that carried it. */
export const runnerValueSchema = z.union([
  z.strictObject({ json: z.custom<JsonValue>(() => true) }),
  z.strictObject({ int: z.string().max(40) }),
  z.strictObject({ stream: z.number().int().nonnegative() }),
]);
export type RunnerValue = z.infer<typeof runnerValueSchema>;

const resultSchema = z.object({
  type: z.literal("result"),
  id: z.number().int(),
  outputs: z.record(z.string(), runnerValueSchema),
  dirty: z.boolean(),
});
const errorSchema = z.object({
  type: z.literal("error"),
  id: z.number().int(),
  err: runtimeErrorSchema,
  dirty: z.boolean(),
});
export const runnerAnswerSchema = z.discriminatedUnion("type", [resultSchema, errorSchema]);
export type RunnerAnswer = z.infer<typeof runnerAnswerSchema>;

const progressSchema = z.object({
  type: z.literal("progress"),
  id: z.number().int(),
  /** From 0 to 1. */
  fraction: z.number().min(0).max(1),
  message: z.string().max(1000),
});
export type ProgressMessage = z.infer<typeof progressSchema>;

/** What a trigger asks for while it listens; what it may ask is for the worker to know. */
const triggerRequestSchema = z.object({
  type: z.literal("request"),
  id: z.number().int(),
  request: z.number().int(),
  method: z.string().max(30),
  params: z.record(z.string().max(30), z.unknown()),
});
export type TriggerRequest = z.infer<typeof triggerRequestSchema>;

export interface TriggerAnswer {
  request: number;
  result: string | null;
  /** Why it was not done. */
  error: string | null;
  /** It never will be: the event is none that a run can be made of, and was written down as such. */
  rejected?: boolean;
}

/** What a runner may say. Its sandbox may be in hostile hands: every field is checked. */
export const runnerMessageSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready"), import_ms: z.number() }),
  z.object({ type: z.literal("init_error"), err: runtimeErrorSchema }),
  resultSchema,
  errorSchema,
  outputFileSchema,
  fileEndSchema,
  progressSchema,
  triggerRequestSchema,
]);
export type RunnerMessage = z.infer<typeof runnerMessageSchema>;

/** `fresh`: no call finds what an earlier one left in memory. */
export type CallIsolation = ActionInterface["isolation"];

/** What makes a process a trigger's: it is called once, listens, and asks. */
export interface TriggerSettings {
  outputs: IoDefinition[];
  /** Requests that wait for their answer at a time. */
  maxRequests: number;
}

export interface InitMessage {
  type: "init";
  protocol: 1;
  entry: string;
  inputs: RunnerIo[];
  outputs: RunnerIo[];
  /** Where things are as the runner sees them. */
  paths: { action: string; deps: string | null; work: string; tmp: string; shm: string | null };
  /**
   * What the runner has of other processes: a list, where those that it sees were left by the handler (but the first);
   * no list, but signals that reach only those; or neither.
   */
  others: "listed" | "signaled" | "unknown";
  network: NetworkSettings;
  isolation: CallIsolation;
  trigger?: TriggerSettings;
  service?: ServiceSettings;
}

export interface CallMessage {
  type: "call";
  id: number;
  inputs: Record<string, unknown>;
  /** Inputs that wait as files below `/inputs/<id>`: `path` is where. */
  files: { input: string; kind: "file" | "directory" | "value"; path: string }[];
  mark: string;
  run: { runId: string; attempt: number };
}

// ---- worker <-> runnerd -----------------------------------------------------------------------------------------

/** What a warm process is made for: calls that differ in any of this never share one. */
export interface ProcessSpec {
  projectId: string;
  /** The action's id, to name it in what its author reads. */
  actionId: string;
  sandboxNumber: number;
  language: Language;
  /** Host folder of the unpacked package. */
  packageDir: string;
  /** Host folder of its built dependencies. */
  depsDir: string | null;
  /** Interpreter to run, for Python. */
  interpreter: string | null;
  entry: string;
  inputs: RunnerIo[];
  outputs: RunnerIo[];
  /** What the project grants. */
  network: NetworkAccess;
  /** Its package asks for the folders that the operator grants the project. */
  usesFolders: boolean;
  limits: ProcessLimits;
  isolation: CallIsolation;
  trigger?: TriggerSettings;
  service?: ServiceSpec;
}

export interface RunnerdCall {
  type: "call";
  id: number;
  spec: ProcessSpec;
  inputs: Record<string, unknown>;
  /** Host files to show to the handler. */
  files: { input: string; kind: "file" | "directory" | "value"; hostPath: string; name: string }[];
  /** Null for a trigger, which listens until it is stopped. */
  timeoutMs: number | null;
  run: { runId: string; attempt: number };
  /** Nobody will call this package again: its process is not kept. */
  isOnlyCall?: boolean;
}

export type RunnerdRequest =
  | RunnerdCall
  /** With a grace, what runs is asked to end first. */
  | { type: "cancel"; id: number; graceMs: number }
  | { type: "answer"; id: number; answer: TriggerAnswer }
  /** A trigger may listen for this much longer: a worker that says no more may have been replaced by another. */
  | { type: "keep"; id: number; forMs: number }
  | { type: "report"; id: number }
  | { type: "prewarm"; id: number; spec: ProcessSpec };

export const logLineSchema = z.tuple([z.number(), z.enum(logStreams), z.string()]);
/** Milliseconds since the epoch, stream, text without its line end. */
export type LogLine = z.infer<typeof logLineSchema>;

/** How a call ended; `answer` is the runner's own `result` or `error` message, or an error that runnerd made. */
export interface RunnerdEnd {
  type: "end";
  id: number;
  answer: RunnerAnswer;
  /** Lines may be missing: the handler closed its output, or the process died. */
  logsPartial: boolean;
}

export type RunnerdReply =
  | RunnerdEnd
  | { type: "log"; id: number; lines: LogLine[] }
  | (Omit<OutputFile, "id"> & { id: number })
  | { type: "file_end"; id: number; stream: number }
  | ProgressMessage
  /** Its process is there, and has been called. `servicePath`: the socket at which what it serves is reached. */
  | { type: "started"; id: number; servicePath: string | null }
  | { type: "request"; id: number; message: TriggerRequest }
  | { type: "report"; id: number; report: SandboxReport };

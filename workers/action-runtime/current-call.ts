import type { LogAllowance } from "./log-allowance";
import type { OutputStreams } from "./output-streams";
import type { LogLine, OutputFile, ProgressMessage, RunnerAnswer, TriggerRequest } from "./protocol";

export const callLimits = {
  importMs: 20_000,
  /** After a result, how long the rest of the log is waited for. */
  logGraceMs: 200,
  /** After the kill of what is inside, how long bubblewrap may take to notice. */
  exitGraceMs: 1_000,
  outputBytes: 1024 * 1024 * 1024,
  /** More frequent words of a handler's progress are not passed on. */
  progressMs: 50,
  /** Beyond this many unanswered requests a trigger is not what its runner makes it. */
  openRequests: 64,
};

/** Where a call's by-products go while it runs. `chunk` resolves when more may come. */
export interface CallSink {
  lines(lines: LogLine[]): void;
  file(file: OutputFile): void;
  chunk(stream: number, bytes: Buffer): Promise<void> | void;
  fileEnd(stream: number): void;
  progress(progress: ProgressMessage): void;
  request?(message: TriggerRequest, text: string): void;
}

export interface CallRequest {
  inputs: Record<string, unknown>;
  files: { input: string; kind: "file" | "directory" | "value"; path: string }[];
  timeoutMs: number | null;
  run: { runId: string; attempt: number };
}

export interface CallEnd {
  answer: RunnerAnswer;
  /** The runner's own text of the answer, to pass on without writing it anew. */
  answerText: string | null;
  logsPartial: boolean;
}

export interface CurrentCall {
  id: number;
  mark: string;
  sink: CallSink;
  answer?: { message: RunnerAnswer; text: string };
  /** The last connection that the gateway let not through. */
  refusal?: string;
  marked: boolean;
  logs: LogAllowance;
  outputBytes: number;
  streams: OutputStreams;
  openRequests: number;
  progressAt: number;
  timer: NodeJS.Timeout | undefined;
  endWatch: () => void;
  grace?: NodeJS.Timeout;
  end: (end: CallEnd) => void;
}

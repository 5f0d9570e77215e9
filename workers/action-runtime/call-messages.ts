import { type CurrentCall, callLimits } from "./current-call";
import { OutputStreams } from "./output-streams";
import type { OutputFile, ProgressMessage, RunnerAnswer, RunnerMessage, TriggerRequest } from "./protocol";

type CallMessage = Exclude<RunnerMessage, { type: "ready" | "init_error" }>;

/** Passes on what a runner says of its call, but for the answer, which it gives back. @throws Error for what it may not say */
export function passOn(call: CurrentCall, message: CallMessage, text: string): RunnerAnswer | undefined {
  if (call.answer) throw new Error(`a ${message.type} after the answer`);
  if (message.type === "file") passFile(call, message);
  else if (message.type === "file_end") passFileEnd(call, message.stream);
  else if (message.type === "progress") passProgress(call, message);
  else if (message.type === "request") passRequest(call, message, text);
  else return concluded(call, message);
  return undefined;
}

function passFile(call: CurrentCall, file: OutputFile): void {
  call.streams.begin(file);
  call.sink.file(file);
}

function passFileEnd(call: CurrentCall, stream: number): void {
  call.streams.end(stream);
  call.sink.fileEnd(stream);
}

function concluded(call: CurrentCall, answer: RunnerAnswer): RunnerAnswer {
  if (answer.type === "result") call.streams.conclude();
  return answer;
}

function passProgress(call: CurrentCall, message: ProgressMessage): void {
  if (Date.now() - call.progressAt < callLimits.progressMs) return;
  call.progressAt = Date.now();
  call.sink.progress(message);
}

function passRequest(call: CurrentCall, message: TriggerRequest, text: string): void {
  if (++call.openRequests > callLimits.openRequests) throw new Error("too many requests at a time");
  // The files of one run are no other one's.
  call.streams = new OutputStreams();
  call.outputBytes = 0;
  call.sink.request?.(message, text);
}

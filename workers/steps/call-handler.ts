import { limitsOf } from "@/lib/limits";
import type { StepError, StepProgress } from "@/lib/runs";
import { noteMoment } from "@/lib/trace";
import type { StoredValues } from "@/lib/values";
import type { PlanStep } from "@/lib/workflows/definition/plan";
import type { LogLine, RunnerAnswer, RuntimeError } from "../action-runtime/protocol";
import { describeCaps, timeLimitOf } from "../action-runtime/resource-limits";
import type { StepDependencies, StepRef } from "./execute-step";
import type { SecretMask } from "./mask";
import type { StepEnd } from "./open-runs";
import { OutputReceiver } from "./output-receiver";
import type { RunnableAction } from "./packages";
import { processSpecOf } from "./process-spec";
import type { ResolvedInputs } from "./resolve-inputs";
import { stageFiles } from "./stage-files";
import { storeOutputs } from "./store-outputs";

/** What a step's handler is called with, and who hears of it meanwhile. */
export interface HandlerCall {
  ref: StepRef;
  step: PlanStep;
  action: RunnableAction;
  resolved: ResolvedInputs;
  mask: SecretMask;
  lines: (lines: LogLine[]) => void;
  progress: (progress: StepProgress) => void;
  /** Lines of its log were left out. */
  cut: () => void;
}

export interface HandlerEnd {
  state: StepEnd["state"];
  outputs: StoredValues | null;
  error: StepError | null;
}

/** Calls the handler in its sandbox and stores what it answers. Throws where runnerd or a store is away. */
export async function callHandler(
  deps: Pick<StepDependencies, "runnerd" | "dependencies" | "grants">,
  call: HandlerCall,
  signal: AbortSignal,
): Promise<HandlerEnd> {
  const { step, action, resolved, mask } = call;
  const { projectId, runId, nodeId, attempt } = call.ref;
  const receiver = new OutputReceiver(projectId);
  const staged = await stageFiles(projectId, resolved.files);
  const caps = await limitsOf(projectId);
  say(call, describeCaps(action.interface.resources, caps));
  try {
    const request = {
      spec: await processSpecOf(deps, projectId, action),
      inputs: resolved.values,
      files: staged.files,
      timeoutMs: timeLimitOf(step.timeLimitMs, caps),
      run: { runId, attempt },
    };
    const handlers = {
      lines: call.lines,
      file: receiver.file.bind(receiver),
      chunk: receiver.chunk.bind(receiver),
      fileEnd: receiver.fileEnd.bind(receiver),
      progress: call.progress,
    };
    noteMoment(runId, `sandbox.called ${nodeId}`);
    const { answer, logsPartial } = await deps.runnerd.call(request, handlers, signal);
    noteMoment(runId, `sandbox.answered ${nodeId}`);
    if (logsPartial) call.cut();
    if (answer.type === "error") return failureOf(call, answer);
    const outputs = await storeOutputs(projectId, step, answer.outputs, receiver, mask);
    return { state: "completed", outputs, error: null };
  } finally {
    receiver.abandon();
    await staged.remove();
  }
}

function failureOf(call: HandlerCall, { err }: Extract<RunnerAnswer, { type: "error" }>): HandlerEnd {
  if (err.origin === "runtime" && err.class === "Canceled") return { state: "canceled", outputs: null, error: null };
  return { state: "failed", outputs: null, error: describe(call, err) };
}

function describe(call: HandlerCall, err: RuntimeError): StepError {
  const { mask } = call;
  const ryax = err.ryax && { message: mask.hide(err.ryax.message), code: err.ryax.code };
  if (ryax && (ryax.code === null || ryax.code < 400 || ryax.code > 599)) {
    const wrong = ryax.code === null ? "code is not an integer" : `code ${ryax.code} is not between 400 and 599`;
    say(call, [`The RyaxException's ${wrong}; callers are answered 500.`]);
  }
  return { type: err.class, message: mask.hide(err.message), stack: err.stack, ryax };
}

function say({ lines }: HandlerCall, texts: string[]): void {
  if (texts.length > 0) lines(texts.map((text) => [Date.now(), "system", text]));
}

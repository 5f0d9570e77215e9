import type { CurrentCall } from "./current-call";
import type { Launched } from "./launch";
import { type RunnerAnswer, type RuntimeError, supervisorError } from "./protocol";

const isRefused = /Permission denied|Operation not permitted|EACCES|EPERM/;

/** What a call ends with, and the runner's own text of it where nothing is to be said beside. */
export function answerOf(
  { id, answer, refusal }: CurrentCall,
  deathCause: RuntimeError | undefined,
  { memory, refusalHint }: Pick<Launched, "memory" | "refusalHint">,
): { answer: RunnerAnswer; text: string | null } {
  if (!answer) {
    const err = deathCause ?? supervisorError("workerExited", "The handler's process ended before its result.");
    return { answer: { type: "error", id, err, dirty: true }, text: null };
  }
  const { message, text } = answer;
  if (message.type === "result") return { answer: message, text };
  const { err } = message;
  if (memory.isCauseOf(err))
    return { answer: { ...message, err: { ...memory.error(), stack: err.stack }, dirty: true }, text: null };
  const hints = [refusal, memory.scratchHint(err), isRefused.test(err.message) ? refusalHint : undefined].filter(
    (hint) => hint !== undefined,
  );
  if (hints.length === 0) return { answer: message, text };
  return { answer: { ...message, err: { ...err, message: `${err.message} (${hints.join("; ")})` } }, text: null };
}

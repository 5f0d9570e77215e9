import { isCancellation } from "@temporalio/workflow";
import type { RunEnd } from "../steps/run-end";

/** A step did not complete, or none could be executed: the run is over. */
export class RunStopped extends Error {
  constructor(readonly failure: RunEnd["failure"]) {
    super("the run stopped");
  }
}

/** What is left to write of a run that did not get to its end by itself. */
export function endOf(error: unknown): RunEnd {
  if (error instanceof RunStopped && error.failure?.error) return { state: "failed", failure: error.failure };
  if (isCancellation(error) || error instanceof RunStopped) return { state: "canceled", failure: null };
  // Better a run that says what went wrong with it than one that never ends.
  const message = error instanceof Error ? error.message : String(error);
  return {
    state: "failed",
    failure: { node: null, error: { type: "InternalError", message, stack: [], ryax: null } },
  };
}

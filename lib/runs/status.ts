import type { RunState, StepState } from "@/drizzle/enums";

/** What the states of runs and steps mean and which way they go. Pure. */

export const openRunStates = ["queued", "running"] as const satisfies readonly RunState[];
export const endedRunStates = ["completed", "failed", "canceled"] as const satisfies readonly RunState[];
export const finalStepStates = ["completed", "failed", "canceled", "skipped"] as const satisfies readonly StepState[];

export type FinalRunState = Exclude<RunState, (typeof openRunStates)[number]>;
export type FinalStepState = (typeof finalStepStates)[number];

export function isRunOver(state: RunState): state is FinalRunState {
  return state !== "queued" && state !== "running";
}

export function isStepOver(state: StepState): state is FinalStepState {
  return state !== "queued" && state !== "running";
}

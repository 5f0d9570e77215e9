/** Runs that start each other. Pure. */

/** The run that started another one: by a step of its own, or, without a node, by its end. */
export interface RunParent {
  runId: string;
  node: string | null;
  /** The step goes on once the other run has ended. */
  isAwaited: boolean;
}

/** How many runs may stand above another one: more are workflows that start each other in a circle. */
export const maxRunDepth = 10;

/** The action that Millrace serves itself, whatever code a package of that id holds. */
export const runWorkflowActionId = "run-workflow";

export function startsRuns(step: { action: { id: string } }): boolean {
  return step.action.id === runWorkflowActionId;
}

export const tooDeep = `${maxRunDepth} runs have started each other in a row, which is as many as may. Do these workflows run each other in a circle?`;

/** Tells a run's workflow that a run which one of its steps waits for has ended. */
export const runEndedSignal = "runEnded";

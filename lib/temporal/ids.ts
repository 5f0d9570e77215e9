/** Temporal workflow ids, each a function of what it stands for, so that starting the same thing twice is one thing. Pure. */
export const runWorkflowId = (projectId: string, runId: string) => `run:${projectId}:${runId}`;
export const buildWorkflowId = (projectId: string, actionVersionId: string) => `build:${projectId}:${actionVersionId}`;
export const listenWorkflowId = (projectId: string, workflowId: string) => `listen:${projectId}:${workflowId}`;
export const trialWorkflowId = (projectId: string, trialId: string) => `trial:${projectId}:${trialId}`;
const clockPrefix = "clock:";
export const clockScheduleId = (projectId: string, workflowId: string) => `${clockPrefix}${projectId}:${workflowId}`;
export const isClockScheduleId = (id: string) => id.startsWith(clockPrefix);

/** The project and the workflow that a clock's schedule is of. */
export function clockOfScheduleId(id: string): { projectId: string; workflowId: string } {
  const [projectId = "", workflowId = ""] = id.slice(clockPrefix.length).split(":");
  return { projectId, workflowId };
}

export const scanWorkflowId = (projectId: string, sourceId: string) => `scan:${projectId}:${sourceId}`;
export const scanAgainSignal = "scanAgain";
const sourcePrefix = "source:";
export const sourceScheduleId = (projectId: string, sourceId: string) => `${sourcePrefix}${projectId}:${sourceId}`;
export const isSourceScheduleId = (id: string) => id.startsWith(sourcePrefix);

/** The project and the source that a schedule is of. */
export function sourceOfScheduleId(id: string): { projectId: string; id: string } {
  const [projectId = "", sourceId = ""] = id.slice(sourcePrefix.length).split(":");
  return { projectId, id: sourceId };
}

export const reconcileScheduleId = "reconcile";
export const cleanUpScheduleId = "clean-up";

/** Temporal workflow ids, each a function of what it stands for, so that starting the same thing twice is one thing. Pure. */
export const runWorkflowId = (projectId: string, runId: string) => `run:${projectId}:${runId}`;
export const buildWorkflowId = (projectId: string, actionVersionId: string) => `build:${projectId}:${actionVersionId}`;
export const trialWorkflowId = (projectId: string, trialId: string) => `trial:${projectId}:${trialId}`;
const clockPrefix = "clock:";
export const clockScheduleId = (projectId: string, workflowId: string) => `${clockPrefix}${projectId}:${workflowId}`;
export const isClockScheduleId = (id: string) => id.startsWith(clockPrefix);

/** The project and the workflow that a clock's schedule is of. */
export function clockOfScheduleId(id: string): { projectId: string; workflowId: string } {
  const [projectId = "", workflowId = ""] = id.slice(clockPrefix.length).split(":");
  return { projectId, workflowId };
}

export const reconcileScheduleId = "reconcile";

/** Temporal workflow ids, each a function of what it stands for, so that starting the same thing twice is one thing. Pure. */
export const runWorkflowId = (projectId: string, runId: string) => `run:${projectId}:${runId}`;
export const buildWorkflowId = (projectId: string, actionVersionId: string) => `build:${projectId}:${actionVersionId}`;
export const reconcileScheduleId = "reconcile";

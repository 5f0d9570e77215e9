export { ScheduleAlreadyRunning, WorkflowExecutionAlreadyStartedError } from "@temporalio/client";
export { closeTemporal, temporalClient, temporalConnectionOptions, temporalDataConverter } from "./client";
export { buildWorkflowId, reconcileScheduleId, runWorkflowId } from "./ids";
export { queues, workerQueue } from "./queues";

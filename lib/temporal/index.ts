export {
  type CalendarSpec,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type ScheduleOptions,
  WorkflowExecutionAlreadyStartedError,
} from "@temporalio/client";
export { closeTemporal, temporalClient, temporalConnectionOptions, temporalDataConverter } from "./client";
export {
  buildWorkflowId,
  clockOfScheduleId,
  clockScheduleId,
  isClockScheduleId,
  reconcileScheduleId,
  runWorkflowId,
  trialWorkflowId,
} from "./ids";
export { countMatchingTimes } from "./matching-times";
export { queues, workerQueue } from "./queues";

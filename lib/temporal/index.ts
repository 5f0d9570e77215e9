export {
  ActivityNotFoundError,
  type CalendarSpec,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type ScheduleOptions,
  WorkflowExecutionAlreadyStartedError,
} from "@temporalio/client";
export { closeTemporal, temporalClient, temporalConnectionOptions, temporalDataConverter } from "./client";
export {
  buildWorkflowId,
  cleanUpScheduleId,
  clockOfScheduleId,
  clockScheduleId,
  isClockScheduleId,
  isSourceScheduleId,
  listenWorkflowId,
  reconcileScheduleId,
  runWorkflowId,
  scanAgainSignal,
  scanWorkflowId,
  sourceOfScheduleId,
  sourceScheduleId,
  trialWorkflowId,
} from "./ids";
export { countMatchingTimes } from "./matching-times";
export { listenerQueue, queues, workerQueue } from "./queues";

export {
  type AttemptRecord,
  endRuns,
  insertAttempts,
  insertLogs,
  type LogRecord,
  markRunsRunning,
  type RunEndRecord,
  type StepRecord,
  stepKey,
  upsertSteps,
} from "./ledger";
export { type LogPlace, type LogRow, listLogRows } from "./logs";
export {
  deleteEndedRun,
  deleteExpiredRuns,
  deleteQueuedRun,
  findEnded,
  findRun,
  insertRun,
  listOpenRunIds,
  listRunRows,
  listStaleRuns,
  markCancelRequested,
  noteAnswered,
  type RunRow,
} from "./runs";
export { type AttemptRow, copyStepEnds, listAttemptRows, listStepRows, type StepRow } from "./steps";

export { type DurationsRow, type HourRow, type LastRunRow, listDurations, listHours, listLastRuns } from "./activity";
export { type CountedRuns, countRunsForLimits } from "./admission";
export {
  findStartedRun,
  forgetFollowed,
  listOpenStartedRuns,
  listOverdueFollowed,
  listStartedRuns,
  type StartedRun,
} from "./chain";
export {
  type CarriedRun,
  type EndedRun,
  endedRunOf,
  findCarriedRun,
  findEndedRun,
  insertRunAtOnce,
  type KnownStepEnd,
} from "./hot-path";
export {
  type AttemptRecord,
  type LedgerBatch,
  type LedgerWritten,
  type LogRecord,
  type RunEndRecord,
  type StepRecord,
  stepKey,
  writeLedger,
} from "./ledger";
export { type LogPlace, type LogRow, listLogRows } from "./logs";
export {
  countOpenRuns,
  countRunRows,
  deleteEndedRun,
  deleteQueuedRun,
  findEnded,
  findRun,
  insertRun,
  listOpenRunIds,
  listRunRows,
  listStaleRuns,
  markCancelRequested,
  noteAnswered,
  type RunPlace,
  type RunQuery,
  type RunRow,
} from "./runs";
export { type AttemptRow, copyStepEnds, listAttemptRows, listStepRows, type StepRow } from "./steps";

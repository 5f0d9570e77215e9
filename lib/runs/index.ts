export { type EndListener, listenForEnd } from "./await-end";
export { cancelRuns } from "./bulk/cancel-runs";
export { countRuns } from "./bulk/count-runs";
export { deleteRuns } from "./bulk/delete-runs";
export { replayRuns } from "./bulk/replay-runs";
export { cancelRun, requestCancel } from "./cancel-run";
export { ChangeNotifier } from "./change-notifier";
export { showRunDefinition } from "./definition/show-run-definition";
export { deleteProject } from "./delete-project";
export { deleteRun } from "./delete-run";
export { deleteWorkflow } from "./delete-workflow";
export { listRuns } from "./list-runs";
export type { RunError, RunResult, StepError, StepProgress } from "./outcome";
export { readRunLogs } from "./read-logs";
export { readRunValue, streamStored } from "./read-value";
export { replayRun } from "./replay-run";
export { restartLostRun } from "./restart-lost-run";
export { isResultToken, resultLink } from "./result-link";
export type { RunInput } from "./run-input";
export { showActivity } from "./show-activity";
export { showRun } from "./show-run";
export { hiddenSecret } from "./shown";
export { startRunByHand } from "./start-by-hand";
export {
  acceptRun,
  acceptRunOfEvent,
  newRunInput,
  type RunEvent,
  type StartableVersion,
  startOnTemporal,
} from "./start-run";
export { stopWorkflow } from "./stop-workflow";
export {
  type AttemptRecord,
  countOpenRuns,
  deleteExpiredRuns,
  type EndedRun,
  findCarriedRun,
  findRun,
  insertRun,
  type KnownStepEnd,
  type LedgerBatch,
  type LedgerWritten,
  type LogRecord,
  listStaleRuns,
  listStepRows,
  noteAnswered,
  type RunEndRecord,
  type RunRow,
  type StepRecord,
  stepKey,
  writeLedger,
} from "./store";
export { testDraft } from "./test-draft";

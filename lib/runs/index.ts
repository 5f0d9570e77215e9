export { showActivity } from "./activity/show-activity";
export { type EndListener, listenForEnd } from "./await-end";
export { cancelRuns } from "./bulk/cancel-runs";
export { countRuns } from "./bulk/count-runs";
export { deleteRuns } from "./bulk/delete-runs";
export { replayRuns } from "./bulk/replay-runs";
export { cancelRun, cancelStartedRuns } from "./cancel-run";
export { maxRunDepth, type RunParent, startsRuns, tooDeep } from "./chain";
export { ChangeNotifier } from "./change-notifier";
export { showRunDefinition } from "./definition/show-run-definition";
export { deleteProject } from "./delete-project";
export { deleteRun } from "./delete-run";
export { deleteWorkflow } from "./delete-workflow";
export { listRuns } from "./list-runs";
export { readRunLogs } from "./logs/read-logs";
export type { RunError, RunResult, StepError, StepProgress } from "./outcome";
export { readRunValue, streamStored } from "./read-value";
export { replayRun } from "./replay-run";
export { restartLostRun } from "./restart-lost-run";
export { isResultToken, resultLink } from "./result-link";
export { type ResultValues, resultObject } from "./result-object";
export type { RunInput } from "./run-input";
export { showRun } from "./show-run";
export { hiddenSecret } from "./shown";
export { startRunByHand, storeTriggerOutputs } from "./start-by-hand";
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
  type EndedRun,
  findCarriedRun,
  findEndedRun,
  findRun,
  findStartedRun,
  forgetFollowed,
  insertRun,
  type KnownStepEnd,
  type LedgerBatch,
  type LedgerWritten,
  type LogRecord,
  listOpenStartedRuns,
  listOverdueFollowed,
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

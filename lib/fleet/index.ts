export { checkHealth, weakestSandbox } from "./check-health";
export { type Health, healthSchema } from "./health-contract";
export {
  holdsTenantsApart,
  isIsolated,
  type SandboxLevel,
  type SandboxReport,
  sandboxLevels,
  sandboxReportSchema,
} from "./sandbox-level";
export {
  type Downtime,
  deleteGoneWorkers,
  deleteOldUptimes,
  listDowntimes,
  listLiveWorkers,
  noteUptime,
  removeWorker,
  upsertWorker,
  type WorkerRecord,
} from "./store";

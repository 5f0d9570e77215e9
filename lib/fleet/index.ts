export { checkHealth, weakestSandbox } from "./check-health";
export { type Health, healthSchema } from "./health-contract";
export {
  holdsTenantsApart,
  type SandboxLevel,
  type SandboxReport,
  sandboxLevels,
  sandboxReportSchema,
} from "./sandbox-level";
export { deleteGoneWorkers, listLiveWorkers, removeWorker, upsertWorker, type WorkerRecord } from "./store";

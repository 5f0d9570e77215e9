export {
  holdsTenantsApart,
  type SandboxLevel,
  type SandboxReport,
  sandboxLevels,
  sandboxReportSchema,
} from "./sandbox-level";
export { deleteGoneWorkers, listLiveWorkers, removeWorker, upsertWorker, type WorkerRecord } from "./store";

export { fireClock } from "./fire-clock";
export { runWorkflow } from "./run-workflow";
export { scanOnSchedule, scanSource } from "./scan-source";
export { buildActionVersion, reconcile } from "./system-workflows";

export { fireClock } from "./fire-clock";
export { listen } from "./listen";
export { runWorkflow } from "./run-workflow";
export { scanOnSchedule, scanSource } from "./scan-source";
export { buildActionVersion, cleanUp, reconcile } from "./system-workflows";
export { tryAction } from "./try-action";

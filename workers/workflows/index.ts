export { fireClock } from "./fire-clock";
export { listen } from "./listen";
export { runWorkflow } from "./run-workflow";
export { buildActionVersion, reconcile } from "./system-workflows";

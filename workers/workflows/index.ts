export { fireClock } from "./fire-clock";
export { runWorkflow } from "./run-workflow";
export { buildActionVersion, reconcile } from "./system-workflows";
export { tryAction } from "./try-action";

/** Task queues. A name carries a version: workers of another version then never take its tasks. Pure. */
export const queues = {
  /** Interpreter workflows and their local activities. */
  runs: "runs-1",
  /** Steps that may run long. */
  actions: "actions-1",
  /** What starts runs by itself. Not the system's queue: a clock waits for no build. */
  triggers: "triggers-1",
  /** Reading git repositories, whose servers may be slow. */
  sources: "sources-1",
  /** Packages that are tried: whoever waits for one does not wait for builds, and few run at a time. */
  trials: "trials-1",
  /** Builds and housekeeping. */
  system: "system-1",
} as const;

/** A queue that only one worker process reads: where a step that it has begun can be waited for. */
export function workerQueue(workerId: string): string {
  return `worker-1:${workerId}`;
}

/** What listens on one worker. Each holds its place for as long as its workflow is live, and so takes none of a step's. */
export function listenerQueue(workerId: string): string {
  return `listeners-1:${workerId}`;
}

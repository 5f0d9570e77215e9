import { channel } from "node:diagnostics_channel";
import { appendFileSync } from "node:fs";

/** One moment on a run's way through the processes. */
export interface Moment {
  runId: string;
  /** `process.what`, such as `web.accepted`. */
  name: string;
}

const moments = channel("millrace.run");

/** Tells whoever traces runs; costs a comparison where nobody does. */
export function noteMoment(runId: string, name: string): void {
  if (moments.hasSubscribers) moments.publish({ runId, name } satisfies Moment);
}

/**
 * Appends each moment of this process to a file: `run id, milliseconds since the epoch, name`. Written at once, so that
 * the files of several processes are one trace; for measuring, not for production.
 */
export function traceToFile(path: string): void {
  moments.subscribe((message) => {
    const { runId, name } = message as Moment;
    appendFileSync(path, `${runId} ${(performance.timeOrigin + performance.now()).toFixed(3)} ${name}\n`);
  });
}

import { inProjects, listen } from "@/lib/db";
import { logger } from "@/lib/logger";
import { type EndedRun, endedRunOf, findEnded, findEndedRun } from "./store";

/** Notifications do the work; this only catches one that was lost. */
const recheckMs = 2_000;

interface Waiter {
  projectId: string;
  /** `told` is what came along with the notification; absent where it was too large, or was found by looking. */
  resolve: (told: EndedRun | undefined) => void;
}

interface Waiters {
  byRun: Map<string, Set<Waiter>>;
  listening: Promise<unknown> | undefined;
  timer: NodeJS.Timeout | undefined;
}

const holder = globalThis as { millraceWaiters?: Waiters };

function waiters(): Waiters {
  holder.millraceWaiters ??= { byRun: new Map(), listening: undefined, timer: undefined };
  return holder.millraceWaiters;
}

function release(runId: string, told?: EndedRun): void {
  for (const waiter of waiters().byRun.get(runId) ?? []) waiter.resolve(told);
}

/** `project id/run id`, and how the run ended in a second line where that is short. */
function onFinished(payload: string): void {
  const [ids = "", how] = payload.split("\n", 2);
  const [projectId = "", runId = ""] = ids.split("/");
  if (!waiters().byRun.has(runId)) return;
  release(runId, how === undefined ? undefined : endedRunOf({ id: runId, projectId, ...JSON.parse(how) }));
}

async function recheck(): Promise<void> {
  const { byRun } = waiters();
  if (byRun.size === 0) return;
  const projectIds = [...new Set([...byRun.values()].flatMap((set) => [...set].map((waiter) => waiter.projectId)))];
  for (const runId of await inProjects(projectIds, (tx) => findEnded(tx, [...byRun.keys()]))) release(runId);
}

function recheckQuietly(): void {
  recheck().catch((error) => logger.debug({ err: error }, "could not look for ended runs"));
}

function ensureListening(): void {
  const state = waiters();
  state.listening ??= listen("run_finished", onFinished, recheckQuietly).catch(() => {
    state.listening = undefined;
  });
  state.timer ??= setInterval(() => {
    ensureListening();
    recheckQuietly();
  }, recheckMs).unref();
}

export interface EndListener {
  /** Resolves with true when the run has ended, with false after the time or when the signal fires. */
  wait: (timeoutMs: number, signal?: AbortSignal) => Promise<boolean>;
  /** How the run ended; undefined while it goes on. */
  read: () => Promise<EndedRun | undefined>;
  close: () => void;
}

/** Listens for a run's end, from before it is started so that none can be missed. Close it when done. */
export function listenForEnd(projectId: string, runId: string): EndListener {
  ensureListening();
  const { byRun } = waiters();
  let ended = false;
  let known: EndedRun | undefined;
  let wake = () => {};
  const waiter: Waiter = {
    projectId,
    resolve: (told) => {
      ended = true;
      known ??= told;
      wake();
    },
  };
  const set = byRun.get(runId) ?? new Set();
  set.add(waiter);
  byRun.set(runId, set);
  return {
    wait: (timeoutMs, signal) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          signal?.removeEventListener("abort", done);
          resolve(ended);
        };
        const timer = setTimeout(done, Math.min(timeoutMs, 2 ** 31 - 1));
        signal?.addEventListener("abort", done, { once: true });
        wake = done;
        if (ended || signal?.aborted) done();
      }),
    read: async () => known ?? findEndedRun(projectId, runId),
    close: () => {
      set.delete(waiter);
      if (set.size === 0) byRun.delete(runId);
    },
  };
}

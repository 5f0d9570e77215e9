import { inProjects, listen } from "@/lib/db";
import { logger } from "@/lib/logger";
import { findEnded } from "./store";

/** Notifications do the work; this only catches one that was lost. */
const recheckMs = 2_000;

interface Waiter {
  projectId: string;
  resolve: () => void;
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

function release(runId: string): void {
  for (const waiter of waiters().byRun.get(runId) ?? []) waiter.resolve();
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
  state.listening ??= listen("run_finished", (payload) => release(payload.split("/")[1] ?? ""), recheckQuietly).catch(
    () => {
      state.listening = undefined;
    },
  );
  state.timer ??= setInterval(() => {
    ensureListening();
    recheckQuietly();
  }, recheckMs).unref();
}

export interface EndListener {
  /** Resolves with true when the run has ended, with false after the time or when the signal fires. */
  wait: (timeoutMs: number, signal?: AbortSignal) => Promise<boolean>;
  close: () => void;
}

/** Listens for a run's end, from before it is started so that none can be missed. Close it when done. */
export function listenForEnd(projectId: string, runId: string): EndListener {
  ensureListening();
  const { byRun } = waiters();
  let ended = false;
  let wake = () => {};
  const waiter: Waiter = {
    projectId,
    resolve: () => {
      ended = true;
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
    close: () => {
      set.delete(waiter);
      if (set.size === 0) byRun.delete(runId);
    },
  };
}

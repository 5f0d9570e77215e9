import { type Channel, listen } from "@/lib/db";
import type { ChangeTopic } from "./change";

export interface Watcher {
  projectId: string;
  userId: string;
  change: (topic: ChangeTopic, runId?: string) => void;
  /** Notifications may have been lost. */
  missed: () => void;
  /** The person has signed out somewhere. */
  signedOut: () => void;
}

interface Hub {
  byProject: Map<string, Set<Watcher>>;
  listening: Promise<unknown> | undefined;
}

// Next.js may load this module once per bundle; what listens belongs to the process.
const holder = globalThis as { millraceEventHub?: Hub };

function hub(): Hub {
  holder.millraceEventHub ??= { byProject: new Map(), listening: undefined };
  return holder.millraceEventHub;
}

const topicOfVerb: Record<string, ChangeTopic> = {
  project: "project",
  workflow: "workflows",
  action: "library",
  source: "library",
  variable: "variables",
  key: "keys",
  member: "members",
  run: "runs",
  event: "events",
  trigger: "events",
  limits: "usage",
};

type Tell = (watcher: Watcher, detail: string) => void;

const tellers: Partial<Record<Channel, Tell>> = {
  run_changed: (watcher, runId) => watcher.change("runs", runId),
  run_finished: (watcher, runId) => watcher.change("runs", runId),
  build_changed: (watcher) => watcher.change("library"),
  project_changed: (watcher, done) => {
    const topic = topicOfVerb[done.split(".")[0] ?? ""];
    if (topic) watcher.change(topic);
  },
};

function everyWatcher(run: (watcher: Watcher) => void): void {
  for (const watchers of hub().byProject.values()) for (const watcher of [...watchers]) run(watcher);
}

/** The payload says whose it is: nobody else's watchers are even looked at. */
function dispatch(tell: Tell, payload: string): void {
  const [projectId = "", detail = ""] = (payload.split("\n", 1)[0] ?? "").split("/");
  for (const watcher of hub().byProject.get(projectId) ?? []) tell(watcher, detail);
}

async function listenToAll(): Promise<void> {
  const missed = () => everyWatcher((watcher) => watcher.missed());
  const channels = Object.entries(tellers) as [Channel, Tell][];
  await Promise.all([
    ...channels.map(([channel, tell]) => listen(channel, (payload) => dispatch(tell, payload), missed)),
    listen(
      "session_ended",
      (userId) => everyWatcher((watcher) => watcher.userId === userId && watcher.signedOut()),
      missed,
    ),
  ]);
}

/** Calls the watcher for what changes in its project from now on. @returns what stops it */
export async function watch(watcher: Watcher): Promise<() => void> {
  const state = hub();
  state.listening ??= listenToAll();
  try {
    await state.listening;
  } catch (error) {
    state.listening = undefined;
    throw error;
  }
  const watchers = state.byProject.get(watcher.projectId) ?? new Set();
  watchers.add(watcher);
  state.byProject.set(watcher.projectId, watchers);
  return () => {
    watchers.delete(watcher);
    if (watchers.size === 0) state.byProject.delete(watcher.projectId);
  };
}

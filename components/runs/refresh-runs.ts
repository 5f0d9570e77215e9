import type { QueryClient } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import { readAgain } from "@/components/query/read-again";
import type { RunFilter } from "@/lib/runs/contract";
import { mergeFirstPage, type RunPages, replaceRun } from "./merge-page";
import { fetchRun, fetchRunsPage, runListKey } from "./queries";

/** Lists are read again at most this often, however fast runs come. */
const listEveryMs = 700;
const maxSingleReads = 10;

interface Pending {
  timer: ReturnType<typeof setTimeout> | undefined;
  lastAt: number;
  runs: Set<string>;
}

const pendingByClient = new WeakMap<QueryClient, Map<string, Pending>>();

function pendingOf(client: QueryClient, projectId: string): Pending {
  const byProject = pendingByClient.get(client) ?? new Map<string, Pending>();
  pendingByClient.set(client, byProject);
  const pending = byProject.get(projectId) ?? { timer: undefined, lastAt: 0, runs: new Set() };
  byProject.set(projectId, pending);
  return pending;
}

/** Runs have moved: those shown alone are read at once, lists soon. `runs` is null when too many have to be named. */
export function refreshRuns(client: QueryClient, projectId: string, runs: string[] | null): void {
  if (runs === null) readAgain(client, projectKey(projectId, "runs", "one"));
  for (const id of runs ?? []) readAgain(client, projectKey(projectId, "runs", "one", id));
  const pending = pendingOf(client, projectId);
  for (const id of runs ?? []) pending.runs.add(id);
  if (pending.timer !== undefined) return;
  const wait = Math.max(0, pending.lastAt + listEveryMs - Date.now());
  pending.timer = setTimeout(() => {
    const named = [...pending.runs];
    Object.assign(pending, { timer: undefined, lastAt: Date.now(), runs: new Set<string>() });
    readAgain(client, projectKey(projectId, "runs", "activity"));
    for (const query of client.getQueryCache().findAll({ queryKey: runListKey(projectId), type: "active" })) {
      if (query.state.data === undefined) readAgain(client, query.queryKey);
      else void refreshList(client, projectId, query.queryKey, named);
    }
  }, wait);
}

async function refreshList(
  client: QueryClient,
  projectId: string,
  queryKey: readonly unknown[],
  named: string[],
): Promise<void> {
  const filter = queryKey.at(-1) as RunFilter;
  try {
    const fresh = await fetchRunsPage(projectId, filter);
    client.setQueryData<RunPages>(queryKey, (known) => known && mergeFirstPage(known, fresh));
    const read = new Set(fresh.items.map((run) => run.id));
    const shown = client.getQueryData<RunPages>(queryKey)?.pages.flatMap((page) => page.items) ?? [];
    const further = shown.filter((run) => named.includes(run.id) && !read.has(run.id)).slice(0, maxSingleReads);
    for (const { id } of further) {
      const run = await fetchRun(projectId, id);
      client.setQueryData<RunPages>(queryKey, (known) => known && replaceRun(known, run));
    }
  } catch {
    // The query itself says what is wrong, with a retry; a list that stays as it was is better than none.
    void client.invalidateQueries({ queryKey });
  }
}

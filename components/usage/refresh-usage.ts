import type { QueryClient } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import { readAgain } from "@/components/query/read-again";

/** Sums over a month are read again at most this often, however fast runs come. */
const everyMs = 5_000;

const planned = new WeakMap<QueryClient, Set<string>>();

/** Runs have moved, and with them what is in use: read again soon, where it is shown. */
export function refreshUsage(client: QueryClient, projectId: string): void {
  const projects = planned.get(client) ?? new Set<string>();
  planned.set(client, projects);
  if (projects.has(projectId)) return;
  projects.add(projectId);
  setTimeout(() => {
    projects.delete(projectId);
    readAgain(client, projectKey(projectId, "usage"));
  }, everyMs);
}

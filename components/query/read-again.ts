import type { Query, QueryClient, QueryKey } from "@tanstack/react-query";

const followed = new WeakSet<Query>();

const isFirstRead = ({ state }: Query) => state.data === undefined && state.fetchStatus === "fetching";

/** Reads again what is shown under the key, and the rest once it is shown: it has changed on the server. */
export function readAgain(client: QueryClient, queryKey: QueryKey): void {
  const firstReads = client.getQueryCache().findAll({ queryKey, predicate: isFirstRead });
  void client.invalidateQueries({ queryKey });
  for (const query of firstReads) void followFirstRead(client, query);
}

/** TanStack Query lets a first read go on, though what it brings may be older than the change. */
async function followFirstRead(client: QueryClient, query: Query): Promise<void> {
  if (followed.has(query)) return;
  followed.add(query);
  await query.promise?.catch(() => {});
  followed.delete(query);
  void client.invalidateQueries({ queryKey: query.queryKey, exact: true });
}

import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { projectKey } from "@/components/query/keys";
import type { ChangeTopic } from "@/lib/events/change";

/** What a page brings was read on the server no longer ago than this. */
const pageTakesMs = 15_000;

/** Pages bring what the server read while they were made; a change may be told before such a page is there. */
export class LatePages {
  private readonly changedAt = new Map<ChangeTopic, number>();

  constructor(
    private readonly client: QueryClient,
    private readonly projectId: string,
  ) {}

  note(topics: readonly ChangeTopic[]): void {
    for (const topic of topics) this.changedAt.set(topic, Date.now());
  }

  /** Has what comes with a page read again where it may be older than a change. @returns what stops it */
  watch(): () => void {
    return this.client.getQueryCache().subscribe(({ type, query }) => {
      if (type === "added" && query.state.data !== undefined && this.mayBeOld(query.queryKey)) query.invalidate();
    });
  }

  private mayBeOld(queryKey: QueryKey): boolean {
    const since = Date.now() - pageTakesMs;
    return [...this.changedAt].some(
      ([topic, at]) => at > since && projectKey(this.projectId, topic).every((part, place) => queryKey[place] === part),
    );
  }
}

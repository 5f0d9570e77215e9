import type { InfiniteData } from "@tanstack/react-query";
import type { RunSummary } from "@/lib/runs/contract";

export interface RunsPage {
  items: RunSummary[];
  nextCursor: string | null;
}
export type RunPages = InfiniteData<RunsPage, string | undefined>;

/** The list's order: newest first, then by id. */
function isOlder(run: RunSummary, than: RunSummary): boolean {
  return run.createdAt < than.createdAt || (run.createdAt === than.createdAt && run.id < than.id);
}

/**
 * A list whose first page has been read anew: it holds for as far as it reaches, and what lies below stays as it was
 * read before, so that a long list need not be read all over. Pure.
 */
export function mergeFirstPage(known: RunPages, fresh: RunsPage): RunPages {
  const last = fresh.items.at(-1);
  const older =
    fresh.nextCursor === null || !last
      ? []
      : known.pages.flatMap((page) => page.items).filter((run) => isOlder(run, last));
  const nextCursor = older.length > 0 ? (known.pages.at(-1)?.nextCursor ?? null) : fresh.nextCursor;
  return { pages: [{ items: [...fresh.items, ...older], nextCursor }], pageParams: [undefined] };
}

/** The same list with one of its runs as it is now. Pure. */
export function replaceRun(known: RunPages, run: RunSummary): RunPages {
  const pages = known.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => (item.id === run.id ? run : item)),
  }));
  return { ...known, pages };
}

import { decodeCursor, encodeCursor } from "@/lib/http/cursor";
import type { RunPlace, RunRow } from "./store";

/** Runs newest first, a page at a time. */
const sort = "runs.created";

export function placeOf(cursor: string | undefined): RunPlace | undefined {
  const [createdAt, id] = decodeCursor(sort, cursor) ?? [];
  return createdAt && id ? { createdAt: new Date(createdAt), id } : undefined;
}

/** Cuts a page off what was read one row beyond it. */
export function pageOfRows(rows: RunRow[], limit: number): { page: RunRow[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last;
  return { page, nextCursor: more ? encodeCursor(sort, [last.createdAt.toISOString(), last.id]) : null };
}

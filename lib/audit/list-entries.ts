import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { decodeCursor, encodeCursor } from "@/lib/http/cursor";
import type { AuditEntry } from "./contract";
import { type AuditRow, listAuditRows } from "./store";

const sort = "audit.id";

function presentEntry(row: AuditRow): AuditEntry {
  const who = row.person ?? (row.actor.startsWith("user:") ? "somebody who is gone" : "system");
  return { id: row.id, at: row.createdAt.toISOString(), who, action: row.action, target: row.target };
}

export interface ListAudit {
  about?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

export const listAudit = projectUseCase("audit.view", async (ctx, { about, limit, cursor }: ListAudit) => {
  const [place] = decodeCursor(sort, cursor) ?? [];
  const before = place === undefined ? undefined : Number(place);
  const rows = await inProject(ctx.project.id, (tx) =>
    listAuditRows(tx, ctx.project.id, { about, before, limit: limit + 1 }),
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(presentEntry),
    nextCursor: rows.length > limit && last ? encodeCursor(sort, [String(last.id)]) : null,
  };
});

import { and, asc, eq, lt, ne } from "drizzle-orm";
import { z } from "zod";
import { sources } from "@/drizzle/schema";
import type { Transaction } from "@/lib/db";
import { type SealedCredentials, sealedCredentialsSchema } from "./credentials";
import { type Commit, commitSchema, type FoundPackage, foundPackageSchema } from "./found";

type Row = typeof sources.$inferSelect;
export type SourceRow = Omit<Row, "credentials" | "commit" | "found"> & {
  credentials: SealedCredentials | null;
  commit: Commit | null;
  found: FoundPackage[];
};

const foundSchema = z.array(foundPackageSchema);

function parse({ credentials, commit, found, ...row }: Row): SourceRow {
  return {
    ...row,
    credentials: sealedCredentialsSchema.nullable().parse(credentials),
    commit: commitSchema.nullable().parse(commit),
    found: foundSchema.parse(found),
  };
}

const oneOf = (projectId: string, id: string) => and(eq(sources.projectId, projectId), eq(sources.id, id));

/** @returns nothing where the project has the same branch of it already */
export async function insertSource(
  tx: Transaction,
  source: typeof sources.$inferInsert,
): Promise<SourceRow | undefined> {
  const [row] = await tx.insert(sources).values(source).onConflictDoNothing().returning();
  return row && parse(row);
}

export async function listSourceRows(tx: Transaction, projectId: string): Promise<SourceRow[]> {
  const rows = await tx
    .select()
    .from(sources)
    .where(eq(sources.projectId, projectId))
    .orderBy(asc(sources.createdAt), asc(sources.id));
  return rows.map(parse);
}

export async function findSource(tx: Transaction, projectId: string, id: string): Promise<SourceRow | undefined> {
  const [row] = await tx.select().from(sources).where(oneOf(projectId, id));
  return row && parse(row);
}

/** Held until the transaction ends. */
export async function lockSource(tx: Transaction, projectId: string, id: string): Promise<SourceRow | undefined> {
  const [row] = await tx.select().from(sources).where(oneOf(projectId, id)).for("update");
  return row && parse(row);
}

export async function findSourceByHook(tx: Transaction, projectId: string, hash: string): Promise<string | undefined> {
  const [row] = await tx
    .select({ id: sources.id })
    .from(sources)
    .where(and(eq(sources.projectId, projectId), eq(sources.hookHash, hash)));
  return row?.id;
}

export async function updateSourceRow(
  tx: Transaction,
  projectId: string,
  id: string,
  change: Partial<Omit<typeof sources.$inferInsert, "id" | "projectId">>,
): Promise<SourceRow | undefined> {
  const [row] = await tx.update(sources).set(change).where(oneOf(projectId, id)).returning();
  return row && parse(row);
}

export async function deleteSourceRow(tx: Transaction, projectId: string, id: string): Promise<string | undefined> {
  const [row] = await tx.delete(sources).where(oneOf(projectId, id)).returning({ url: sources.url });
  return row?.url;
}

export interface SourceRef {
  projectId: string;
  id: string;
}

/** Scans that were asked for before a moment and have not ended: what the reconciler starts again. */
export function listOverdueScans(tx: Transaction, before: Date): Promise<SourceRef[]> {
  return tx
    .select({ projectId: sources.projectId, id: sources.id })
    .from(sources)
    .where(and(eq(sources.state, "scanning"), lt(sources.scanRequestedAt, before)));
}

export function listScheduledSources(tx: Transaction): Promise<(SourceRef & Pick<Row, "schedule">)[]> {
  return tx
    .select({ projectId: sources.projectId, id: sources.id, schedule: sources.schedule })
    .from(sources)
    .where(ne(sources.schedule, "manual"));
}

import { and, desc, eq, inArray, isNotNull, isNull, lt, type SQL } from "drizzle-orm";
import { workflowVersionActions, workflowVersions } from "@/drizzle/schema";
import type { Transaction } from "@/lib/db";
import { type Plan, planSchema } from "../definition/plan";
import { type Definition, definitionSchema } from "../definition/schema";

type VersionRecord = typeof workflowVersions.$inferSelect;
export type VersionRow = Omit<VersionRecord, "definition" | "plan"> & { definition: Definition; plan: Plan };

const parseVersion = (row: VersionRecord): VersionRow => ({
  ...row,
  definition: definitionSchema.parse(row.definition),
  plan: planSchema.parse(row.plan),
});

const ofWorkflow = (projectId: string, workflowId: string, which: SQL): SQL | undefined =>
  and(eq(workflowVersions.projectId, projectId), eq(workflowVersions.workflowId, workflowId), which);

export async function insertVersion(
  tx: Transaction,
  version: {
    id: string;
    projectId: string;
    workflowId: string;
    number: number | null;
    definition: Definition;
    plan: Plan;
  },
  actionVersionIds: string[],
): Promise<VersionRow> {
  const [row] = await tx.insert(workflowVersions).values(version).returning();
  if (!row) throw new Error("the version was not inserted");
  const used = [...new Set(actionVersionIds)].map((actionVersionId) => ({
    projectId: version.projectId,
    workflowVersionId: version.id,
    actionVersionId,
  }));
  if (used.length > 0) await tx.insert(workflowVersionActions).values(used);
  return parseVersion(row);
}

export async function findVersion(tx: Transaction, projectId: string, id: string): Promise<VersionRow | undefined> {
  const [row] = await tx
    .select()
    .from(workflowVersions)
    .where(and(eq(workflowVersions.projectId, projectId), eq(workflowVersions.id, id)));
  return row && parseVersion(row);
}

/** The first, in this order, of those of a workflow's versions that are meant. */
async function findFirst(
  tx: Transaction,
  projectId: string,
  workflowId: string,
  which: SQL,
  ...order: SQL[]
): Promise<VersionRow | undefined> {
  const [row] = await tx
    .select()
    .from(workflowVersions)
    .where(ofWorkflow(projectId, workflowId, which))
    .orderBy(...order)
    .limit(1);
  return row && parseVersion(row);
}

export function findVersionByNumber(
  tx: Transaction,
  projectId: string,
  workflowId: string,
  number: number,
): Promise<VersionRow | undefined> {
  return findFirst(tx, projectId, workflowId, eq(workflowVersions.number, number));
}

/** What was published last to be tried out. */
export function findNewestTest(
  tx: Transaction,
  projectId: string,
  workflowId: string,
): Promise<VersionRow | undefined> {
  const { number, createdAt, id } = workflowVersions;
  return findFirst(tx, projectId, workflowId, isNull(number), desc(createdAt), desc(id));
}

/** The newest version below a number. */
export function findVersionBefore(
  tx: Transaction,
  projectId: string,
  workflowId: string,
  number: number,
): Promise<VersionRow | undefined> {
  return findFirst(tx, projectId, workflowId, lt(workflowVersions.number, number), desc(workflowVersions.number));
}

export interface VersionSummary {
  id: string;
  workflowId: string;
  number: number;
  createdAt: Date;
}

export async function listVersionSummaries(
  tx: Transaction,
  projectId: string,
  workflowId: string,
): Promise<VersionSummary[]> {
  const rows = await tx
    .select({
      id: workflowVersions.id,
      workflowId: workflowVersions.workflowId,
      number: workflowVersions.number,
      createdAt: workflowVersions.createdAt,
    })
    .from(workflowVersions)
    .where(ofWorkflow(projectId, workflowId, isNotNull(workflowVersions.number)))
    .orderBy(desc(workflowVersions.number))
    .limit(500);
  return rows.flatMap(({ number, ...row }) => (number === null ? [] : [{ ...row, number }]));
}

export async function findVersionNumbers(
  tx: Transaction,
  projectId: string,
  ids: string[],
): Promise<Map<string, number | null>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: workflowVersions.id, number: workflowVersions.number })
    .from(workflowVersions)
    .where(and(eq(workflowVersions.projectId, projectId), inArray(workflowVersions.id, ids)));
  return new Map(rows.map((row) => [row.id, row.number]));
}

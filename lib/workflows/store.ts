import { and, desc, eq, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { endpoints, workflows, workflowVersionActions, workflowVersions } from "@/drizzle/schema";
import type { Transaction } from "@/lib/db";
import { type Plan, planSchema } from "./definition/plan";
import { type Definition, definitionSchema } from "./definition/schema";

type WorkflowRecord = typeof workflows.$inferSelect;
type VersionRecord = typeof workflowVersions.$inferSelect;
export type WorkflowRow = Omit<WorkflowRecord, "definition"> & { definition: Definition };
export type VersionRow = Omit<VersionRecord, "definition" | "plan"> & { definition: Definition; plan: Plan };
export type EndpointRow = typeof endpoints.$inferSelect;

const parseWorkflow = (row: WorkflowRecord): WorkflowRow => ({
  ...row,
  definition: definitionSchema.parse(row.definition),
});
const parseVersion = (row: VersionRecord): VersionRow => ({
  ...row,
  definition: definitionSchema.parse(row.definition),
  plan: planSchema.parse(row.plan),
});

export async function insertWorkflow(
  tx: Transaction,
  workflow: Pick<WorkflowRow, "id" | "projectId" | "name" | "description" | "tags" | "definition">,
): Promise<WorkflowRow> {
  const [row] = await tx.insert(workflows).values(workflow).returning();
  if (!row) throw new Error("the workflow was not inserted");
  return parseWorkflow(row);
}

export async function findWorkflow(tx: Transaction, projectId: string, id: string): Promise<WorkflowRow | undefined> {
  const [row] = await tx
    .select()
    .from(workflows)
    .where(and(eq(workflows.projectId, projectId), eq(workflows.id, id)));
  return row && parseWorkflow(row);
}

/** Holds the workflow until the transaction ends: two deployments of it happen one after the other. */
export async function lockWorkflow(tx: Transaction, projectId: string, id: string): Promise<WorkflowRow | undefined> {
  const [row] = await tx
    .select()
    .from(workflows)
    .where(and(eq(workflows.projectId, projectId), eq(workflows.id, id)))
    .for("update");
  return row && parseWorkflow(row);
}

export async function listWorkflowRows(tx: Transaction, projectId: string): Promise<WorkflowRow[]> {
  const rows = await tx
    .select()
    .from(workflows)
    .where(eq(workflows.projectId, projectId))
    .orderBy(desc(workflows.updatedAt), desc(workflows.id))
    .limit(1_000);
  return rows.map(parseWorkflow);
}

export async function updateWorkflowRow(
  tx: Transaction,
  projectId: string,
  id: string,
  change: Partial<
    Pick<WorkflowRow, "name" | "description" | "tags" | "definition" | "liveVersionId" | "lastVersionNumber">
  >,
): Promise<WorkflowRow> {
  const raised = change.definition === undefined ? {} : { revision: sql`${workflows.revision} + 1` };
  const [row] = await tx
    .update(workflows)
    .set({ ...change, ...raised, updatedAt: new Date() })
    .where(and(eq(workflows.projectId, projectId), eq(workflows.id, id)))
    .returning();
  if (!row) throw new Error("the workflow was not there to be updated");
  return parseWorkflow(row);
}

export async function deleteWorkflowRow(tx: Transaction, projectId: string, id: string): Promise<void> {
  await tx.delete(workflows).where(and(eq(workflows.projectId, projectId), eq(workflows.id, id)));
}

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

export async function findVersionByNumber(
  tx: Transaction,
  projectId: string,
  workflowId: string,
  number: number,
): Promise<VersionRow | undefined> {
  const [row] = await tx
    .select()
    .from(workflowVersions)
    .where(
      and(
        eq(workflowVersions.projectId, projectId),
        eq(workflowVersions.workflowId, workflowId),
        eq(workflowVersions.number, number),
      ),
    );
  return row && parseVersion(row);
}

/** What was published last to be tried out. */
export async function findNewestTest(
  tx: Transaction,
  projectId: string,
  workflowId: string,
): Promise<VersionRow | undefined> {
  const [row] = await tx
    .select()
    .from(workflowVersions)
    .where(
      and(
        eq(workflowVersions.projectId, projectId),
        eq(workflowVersions.workflowId, workflowId),
        isNull(workflowVersions.number),
      ),
    )
    .orderBy(desc(workflowVersions.createdAt), desc(workflowVersions.id))
    .limit(1);
  return row && parseVersion(row);
}

/** The newest version below a number. */
export async function findVersionBefore(
  tx: Transaction,
  projectId: string,
  workflowId: string,
  number: number,
): Promise<VersionRow | undefined> {
  const [row] = await tx
    .select()
    .from(workflowVersions)
    .where(
      and(
        eq(workflowVersions.projectId, projectId),
        eq(workflowVersions.workflowId, workflowId),
        lt(workflowVersions.number, number),
      ),
    )
    .orderBy(desc(workflowVersions.number))
    .limit(1);
  return row && parseVersion(row);
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
    .where(
      and(
        eq(workflowVersions.projectId, projectId),
        eq(workflowVersions.workflowId, workflowId),
        isNotNull(workflowVersions.number),
      ),
    )
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

export function listEndpointRows(tx: Transaction, projectId: string): Promise<EndpointRow[]> {
  return tx.select().from(endpoints).where(eq(endpoints.projectId, projectId));
}

/** Held for the transaction: of two workflows that want one endpoint at once, the second sees that the first has it. */
export async function lockEndpoints(tx: Transaction, projectId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`millrace.endpoints.${projectId}`}))`);
}

/** The live endpoint that another workflow has on this method and shape. */
export async function findClash(
  tx: Transaction,
  projectId: string,
  route: { method: string; shape: string },
  workflowId: string | null,
): Promise<{ workflowId: string; name: string; path: string } | undefined> {
  const rows = await tx
    .select({ workflowId: endpoints.workflowId, name: workflows.name, path: endpoints.path })
    .from(endpoints)
    .innerJoin(workflows, eq(workflows.id, endpoints.workflowId))
    .where(
      and(eq(endpoints.projectId, projectId), eq(endpoints.method, route.method), eq(endpoints.shape, route.shape)),
    );
  return rows.find((row) => row.workflowId !== workflowId);
}

export async function replaceEndpoint(
  tx: Transaction,
  projectId: string,
  workflowId: string,
  endpoint: EndpointRow | null,
): Promise<void> {
  await tx.delete(endpoints).where(and(eq(endpoints.projectId, projectId), eq(endpoints.workflowId, workflowId)));
  if (endpoint) await tx.insert(endpoints).values(endpoint);
}

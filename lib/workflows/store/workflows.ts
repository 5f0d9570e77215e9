import { and, desc, eq, sql } from "drizzle-orm";
import { workflows } from "@/drizzle/schema";
import type { Transaction } from "@/lib/db";
import { type Definition, definitionSchema } from "../definition/schema";

type WorkflowRecord = typeof workflows.$inferSelect;
export type WorkflowRow = Omit<WorkflowRecord, "definition"> & { definition: Definition };

const parseWorkflow = (row: WorkflowRecord): WorkflowRow => ({
  ...row,
  definition: definitionSchema.parse(row.definition),
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

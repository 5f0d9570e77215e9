import { eq, sql } from "drizzle-orm";
import { workflows, workflowVersions } from "@/drizzle/schema";
import { readableJson, type Transaction } from "@/lib/db";
import type { IoDefinition } from "@/lib/values/types";
import { planSchema } from "../definition/plan";

export function listWorkflowNames(tx: Transaction, projectId: string): Promise<{ id: string; name: string }[]> {
  return tx
    .select({ id: workflows.id, name: workflows.name })
    .from(workflows)
    .where(eq(workflows.projectId, projectId));
}

/** With what their live versions' triggers give; null where they have none. */
export async function listCallableWorkflows(
  tx: Transaction,
  projectId: string,
): Promise<{ id: string; name: string; inputs: IoDefinition[] | null }[]> {
  const rows = await tx
    .select({
      id: workflows.id,
      name: workflows.name,
      outputs: sql<unknown>`${readableJson(workflowVersions.plan)}->'trigger'->'outputs'`,
    })
    .from(workflows)
    .leftJoin(workflowVersions, eq(workflowVersions.id, workflows.liveVersionId))
    .where(eq(workflows.projectId, projectId));
  const schema = planSchema.shape.trigger.shape.outputs.nullable();
  return rows.map(({ id, name, outputs }) => ({
    id,
    name,
    inputs: schema.parse(outputs ?? null) as IoDefinition[] | null,
  }));
}

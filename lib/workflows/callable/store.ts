import { eq, sql } from "drizzle-orm";
import { workflows, workflowVersions } from "@/drizzle/schema";
import type { Transaction } from "@/lib/db";
import type { IoDefinition } from "@/lib/values/types";
import { planSchema } from "../definition/plan";

export function listWorkflowNames(tx: Transaction, projectId: string): Promise<{ id: string; name: string }[]> {
  return tx
    .select({ id: workflows.id, name: workflows.name })
    .from(workflows)
    .where(eq(workflows.projectId, projectId));
}

/**
 * A plan that can be looked into: Postgres keeps JSON with U+0000 somewhere in it, but reads no part of it then. The
 * character is left out, told by the even number of backslashes before its own.
 */
const readablePlan = sql`regexp_replace(${workflowVersions.plan}::text, '(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000', '\\1', 'g')::json`;

/** With what their live versions' triggers give; null where they have none. */
export async function listCallableWorkflows(
  tx: Transaction,
  projectId: string,
): Promise<{ id: string; name: string; inputs: IoDefinition[] | null }[]> {
  const rows = await tx
    .select({
      id: workflows.id,
      name: workflows.name,
      outputs: sql<unknown>`${readablePlan}->'trigger'->'outputs'`,
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

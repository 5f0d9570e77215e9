import { and, eq, sql } from "drizzle-orm";
import { endpoints, workflows } from "@/drizzle/schema";
import type { Transaction } from "@/lib/db";
import { isClash } from "../definition/check-service";

export type EndpointRow = typeof endpoints.$inferSelect;

export function listEndpointRows(tx: Transaction, projectId: string): Promise<EndpointRow[]> {
  return tx.select().from(endpoints).where(eq(endpoints.projectId, projectId));
}

/** Held for the transaction: of two workflows that want one endpoint at once, the second sees that the first has it. */
export async function lockEndpoints(tx: Transaction, projectId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`millrace.endpoints.${projectId}`}))`);
}

/** The live endpoint of another workflow that answers calls of this one, too. */
export async function findClash(
  tx: Transaction,
  projectId: string,
  route: { method: string; shape: string },
  workflowId: string | null,
): Promise<{ workflowId: string; name: string; path: string } | undefined> {
  const rows = await tx
    .select({
      workflowId: endpoints.workflowId,
      name: workflows.name,
      path: endpoints.path,
      method: endpoints.method,
      shape: endpoints.shape,
    })
    .from(endpoints)
    .innerJoin(workflows, eq(workflows.id, endpoints.workflowId))
    .where(eq(endpoints.projectId, projectId));
  return rows.find((row) => row.workflowId !== workflowId && isClash(row, route));
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

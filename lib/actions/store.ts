import { and, asc, desc, eq, gt, inArray, ne, sql } from "drizzle-orm";
import type { ActionVersionState } from "@/drizzle/enums";
import { actionGrants, actionVersions, buildLogs } from "@/drizzle/schema";
import { readableJson, type Transaction } from "@/lib/db";
import type { Issue } from "@/lib/errors";
import { type ActionInterface, actionInterfaceSchema } from "./interface";
import { type NetworkAccess, networkAccessSchema } from "./network";

type Row = typeof actionVersions.$inferSelect;
export type ActionVersionRow = Omit<Row, "interface" | "warnings"> & { interface: ActionInterface; warnings: Issue[] };

function parse(row: Row): ActionVersionRow {
  return { ...row, interface: actionInterfaceSchema.parse(row.interface), warnings: row.warnings as Issue[] };
}

export async function insertActionVersion(
  tx: Transaction,
  version: typeof actionVersions.$inferInsert,
): Promise<ActionVersionRow | undefined> {
  const [row] = await tx.insert(actionVersions).values(version).onConflictDoNothing().returning();
  return row && parse(row);
}

export async function findActionVersion(
  tx: Transaction,
  projectId: string,
  actionId: string,
  version: string,
): Promise<ActionVersionRow | undefined> {
  const named = version === "latest" ? undefined : eq(actionVersions.version, version);
  const [row] = await tx
    .select()
    .from(actionVersions)
    .where(and(eq(actionVersions.projectId, projectId), eq(actionVersions.actionId, actionId), named))
    .orderBy(desc(actionVersions.createdAt), desc(actionVersions.id))
    .limit(1);
  return row && parse(row);
}

export async function findActionVersionById(
  tx: Transaction,
  projectId: string,
  id: string,
): Promise<ActionVersionRow | undefined> {
  const [row] = await tx
    .select()
    .from(actionVersions)
    .where(and(eq(actionVersions.projectId, projectId), eq(actionVersions.id, id)));
  return row && parse(row);
}

export async function listActionVersions(tx: Transaction, projectId: string): Promise<ActionVersionRow[]> {
  const rows = await tx
    .select()
    .from(actionVersions)
    .where(eq(actionVersions.projectId, projectId))
    .orderBy(desc(actionVersions.createdAt), desc(actionVersions.id))
    .limit(2_000);
  return rows.map(parse);
}

/** The content of each version of these actions, in few bytes. */
export function listContentHashes(
  tx: Transaction,
  projectId: string,
  actionIds: string[],
): Promise<{ actionId: string; version: string; contentHash: string }[]> {
  const { actionId, version, contentHash } = actionVersions;
  return tx
    .select({ actionId, version, contentHash })
    .from(actionVersions)
    .where(and(eq(actionVersions.projectId, projectId), inArray(actionId, actionIds)));
}

export async function findActionVersionsByIds(
  tx: Transaction,
  projectId: string,
  ids: string[],
): Promise<ActionVersionRow[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select()
    .from(actionVersions)
    .where(and(eq(actionVersions.projectId, projectId), inArray(actionVersions.id, ids)));
  return rows.map(parse);
}

/** A finished build is final: only a version that is not built yet moves. */
export async function setBuildState(
  tx: Transaction,
  projectId: string,
  id: string,
  change: { state: ActionVersionState; buildError?: string | null; depsHash?: string | null; lock?: string | null },
): Promise<boolean> {
  const rows = await tx
    .update(actionVersions)
    .set({ ...change, ...(change.state === "built" && { builtAt: new Date() }) })
    .where(and(eq(actionVersions.projectId, projectId), eq(actionVersions.id, id), ne(actionVersions.state, "built")))
    .returning({ id: actionVersions.id });
  return rows.length > 0;
}

export async function deleteActionVersionRow(tx: Transaction, projectId: string, id: string): Promise<void> {
  await tx.delete(actionVersions).where(and(eq(actionVersions.projectId, projectId), eq(actionVersions.id, id)));
}

export async function replaceBuildLog(tx: Transaction, projectId: string, actionVersionId: string): Promise<void> {
  await tx
    .delete(buildLogs)
    .where(and(eq(buildLogs.projectId, projectId), eq(buildLogs.actionVersionId, actionVersionId)));
}

export async function appendBuildLog(
  tx: Transaction,
  projectId: string,
  actionVersionId: string,
  lines: { seq: number; at: Date; line: string }[],
): Promise<void> {
  if (lines.length === 0) return;
  await tx
    .insert(buildLogs)
    .values(lines.map((line) => ({ projectId, actionVersionId, ...line })))
    .onConflictDoNothing();
}

export function readBuildLog(tx: Transaction, projectId: string, actionVersionId: string, afterSeq: number) {
  return tx
    .select({ seq: buildLogs.seq, at: buildLogs.at, line: buildLogs.line })
    .from(buildLogs)
    .where(
      and(
        eq(buildLogs.projectId, projectId),
        eq(buildLogs.actionVersionId, actionVersionId),
        gt(buildLogs.seq, afterSeq),
      ),
    )
    .orderBy(asc(buildLogs.seq))
    .limit(5_000);
}

/** Versions whose build was asked for and has not ended: what the reconciler starts again. */
export async function listUnfinishedBuilds(tx: Transaction): Promise<{ projectId: string; id: string }[]> {
  return tx
    .select({ projectId: actionVersions.projectId, id: actionVersions.id })
    .from(actionVersions)
    .where(
      and(
        inArray(actionVersions.state, ["pending", "building"]),
        sql`${actionVersions.createdAt} < now() - interval '10 seconds'`,
      ),
    );
}

export interface ActionUse {
  id: string;
  name: string;
  where: string;
}

/**
 * The workflows that name this version, in the live version or in the draft. Read straight from the workflows' tables:
 * their domain stands above this one.
 */
export async function findUsesOfAction(
  tx: Transaction,
  projectId: string,
  action: { id: string; actionId: string; version: string },
): Promise<ActionUse[]> {
  const { rows } = await tx.execute<{ id: string; name: string; live: boolean; draft: boolean }>(sql`
    select workflows.id, workflows.name,
      exists (
        select 1 from workflow_version_actions used
        where used.project_id = ${projectId} and used.action_version_id = ${action.id}
          and used.workflow_version_id = workflows.live_version_id
      ) as live,
      exists (
        select 1 from json_array_elements(${readableJson(sql`workflows.definition`)} -> 'nodes') node
        where node -> 'action' ->> 'id' = ${action.actionId} and node -> 'action' ->> 'version' = ${action.version}
      ) as draft
    from workflows where workflows.project_id = ${projectId}
  `);
  return rows
    .filter((row) => row.live || row.draft)
    .map((row) => ({ id: row.id, name: row.name, where: row.live ? "live" : "draft" }));
}

type GrantRecord = typeof actionGrants.$inferSelect;
export type GrantRow = Omit<GrantRecord, "policy" | "hosts"> & NetworkAccess;

function parseGrant({ policy, hosts, ...row }: GrantRecord): GrantRow {
  return { ...row, ...networkAccessSchema.parse({ policy, hosts }) };
}

export async function upsertGrant(tx: Transaction, grant: Omit<GrantRow, "grantedAt">): Promise<GrantRow> {
  const { policy, hosts } = grant;
  const [row] = await tx
    .insert(actionGrants)
    .values(grant)
    .onConflictDoUpdate({
      target: [actionGrants.projectId, actionGrants.actionId],
      set: { policy, hosts, grantedAt: new Date() },
    })
    .returning();
  if (!row) throw new Error("the grant was not written");
  return parseGrant(row);
}

export async function findGrant(tx: Transaction, projectId: string, actionId: string): Promise<GrantRow | undefined> {
  const [row] = await tx
    .select()
    .from(actionGrants)
    .where(and(eq(actionGrants.projectId, projectId), eq(actionGrants.actionId, actionId)));
  return row && parseGrant(row);
}

/** What is pushed under the same id later is another action, which nobody has granted anything. */
export async function deleteGrantWithoutVersion(tx: Transaction, projectId: string, actionId: string): Promise<void> {
  const versions = tx
    .select({ one: sql`1` })
    .from(actionVersions)
    .where(and(eq(actionVersions.projectId, projectId), eq(actionVersions.actionId, actionId)));
  await tx
    .delete(actionGrants)
    .where(
      and(eq(actionGrants.projectId, projectId), eq(actionGrants.actionId, actionId), sql`not exists (${versions})`),
    );
}

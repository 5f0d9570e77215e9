import { and, desc, eq } from "drizzle-orm";
import type { Role } from "@/drizzle/enums";
import { memberships, projects } from "@/drizzle/schema";
import type { Transaction } from "@/lib/db";

export type ProjectRow = typeof projects.$inferSelect;

export async function insertProject(tx: Transaction, project: { id: string; name: string }): Promise<ProjectRow> {
  const [row] = await tx.insert(projects).values(project).returning();
  if (!row) throw new Error("the project was not inserted");
  return row;
}

export async function insertMembership(
  tx: Transaction,
  membership: { projectId: string; userId: string; role: Role },
): Promise<void> {
  await tx.insert(memberships).values(membership);
}

export async function updateMembership(tx: Transaction, projectId: string, userId: string, role: Role): Promise<void> {
  await tx
    .update(memberships)
    .set({ role })
    .where(and(eq(memberships.projectId, projectId), eq(memberships.userId, userId)));
}

export async function deleteMembership(tx: Transaction, projectId: string, userId: string): Promise<void> {
  await tx.delete(memberships).where(and(eq(memberships.projectId, projectId), eq(memberships.userId, userId)));
}

export async function listProjectsOfUser(
  tx: Transaction,
  userId: string,
): Promise<{ project: ProjectRow; role: Role }[]> {
  return tx
    .select({ project: projects, role: memberships.role })
    .from(memberships)
    .innerJoin(projects, eq(projects.id, memberships.projectId))
    .where(eq(memberships.userId, userId))
    .orderBy(desc(projects.createdAt));
}

export async function findMembership(
  tx: Transaction,
  projectId: string,
  userId: string,
): Promise<{ project: ProjectRow; role: Role } | undefined> {
  const [row] = await tx
    .select({ project: projects, role: memberships.role })
    .from(projects)
    .innerJoin(memberships, and(eq(memberships.projectId, projects.id), eq(memberships.userId, userId)))
    .where(eq(projects.id, projectId));
  return row;
}

export async function findProject(tx: Transaction, projectId: string): Promise<ProjectRow | undefined> {
  const [row] = await tx.select().from(projects).where(eq(projects.id, projectId));
  return row;
}

export async function updateProjectRow(
  tx: Transaction,
  projectId: string,
  change: Partial<Pick<ProjectRow, "name" | "requireKey">>,
): Promise<ProjectRow | undefined> {
  if (Object.keys(change).length === 0) return findProject(tx, projectId);
  const [row] = await tx.update(projects).set(change).where(eq(projects.id, projectId)).returning();
  return row;
}

/** Everything that the project holds goes with it. */
export async function deleteProjectRow(tx: Transaction, projectId: string): Promise<void> {
  await tx.delete(projects).where(eq(projects.id, projectId));
}

export async function listAllProjectIds(tx: Transaction): Promise<string[]> {
  const rows = await tx.select({ id: projects.id }).from(projects);
  return rows.map((row) => row.id);
}

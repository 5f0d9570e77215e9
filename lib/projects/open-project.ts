import type { ProjectContext, UserActor } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { findMembership } from "./store";

/**
 * The door to a project for a signed-in user.
 * @throws AppError `not_found`, for a project that does not exist and for one of strangers alike
 */
export async function openProject(actor: UserActor, projectId: string): Promise<ProjectContext> {
  const found = await inProject(projectId, (tx) => findMembership(tx, projectId, actor.userId));
  if (!found) throw notFound("The project");
  return { actor, project: { id: found.project.id, name: found.project.name, role: found.role } };
}

/** The system's own door, for the worker and its housekeeping. */
export function openProjectAsSystem(name: string, projectId: string): ProjectContext {
  return { actor: { kind: "system", name }, project: { id: projectId, name: "", role: "admin" } };
}

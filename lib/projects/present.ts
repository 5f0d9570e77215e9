import type { Role } from "@/drizzle/enums";
import { env } from "@/lib/env";
import type { ProjectResource } from "./contract";
import type { ProjectRow } from "./store";

/** Where callers reach a project's endpoints; no trailing slash. */
export function projectUrl(projectId: string): string {
  return new URL(`/user-api/${projectId}`, env().MILLRACE_PUBLIC_URL).toString();
}

export function presentProject({ project, role }: { project: ProjectRow; role: Role }): ProjectResource {
  const url = projectUrl(project.id);
  return {
    id: project.id,
    name: project.name,
    role,
    requireKey: project.requireKey,
    url,
    openapiUrl: `${url}/openapi.json`,
    docsUrl: `${url}/docs`,
    createdAt: project.createdAt.toISOString(),
  };
}

import { z } from "zod";
import { roles } from "@/drizzle/enums";
import { columnText, defineContract, projectParams, timestampSchema } from "@/lib/http/contract";

export const projectNameSchema = columnText().trim().min(1, "Give the project a name.").max(100);

export const projectSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  requireKey: z.boolean(),
  /** The project URL: users' endpoints are below it. */
  url: z.url(),
  openapiUrl: z.url(),
  docsUrl: z.url(),
  createdAt: timestampSchema,
});
export type ProjectResource = z.infer<typeof projectSchema>;

export const createProjectContract = defineContract({
  operationId: "createProject",
  summary: "Create a project and become its admin",
  tag: "Projects",
  method: "POST",
  path: "/api/v1/projects",
  body: z.strictObject({ name: projectNameSchema }),
  success: { status: 201, body: projectSchema },
  errors: ["invalid_input", "unauthorized"],
});

export const listProjectsContract = defineContract({
  operationId: "listProjects",
  summary: "The projects that you are a member of",
  tag: "Projects",
  method: "GET",
  path: "/api/v1/projects",
  success: { status: 200, body: z.object({ items: z.array(projectSchema) }) },
  errors: ["unauthorized"],
});

export const showProjectContract = defineContract({
  operationId: "showProject",
  summary: "One project",
  tag: "Projects",
  method: "GET",
  path: "/api/v1/projects/{project}",
  params: projectParams,
  success: { status: 200, body: projectSchema },
  errors: ["unauthorized", "not_found"],
});

export const updateProjectContract = defineContract({
  operationId: "updateProject",
  summary: "Rename a project, or switch whether its endpoints require a key",
  tag: "Projects",
  method: "PATCH",
  path: "/api/v1/projects/{project}",
  params: projectParams,
  body: z.strictObject({ name: projectNameSchema.optional(), requireKey: z.boolean().optional() }),
  success: { status: 200, body: projectSchema },
  errors: ["invalid_input", "unauthorized", "forbidden", "not_found"],
});

export const deleteProjectContract = defineContract({
  operationId: "deleteProject",
  summary: "Delete a project with all that it holds; runs under way are canceled",
  tag: "Projects",
  method: "DELETE",
  path: "/api/v1/projects/{project}",
  params: projectParams,
  success: { status: 204 },
  errors: ["unauthorized", "forbidden", "not_found", "unavailable"],
});

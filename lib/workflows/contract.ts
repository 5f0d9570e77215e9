import { z } from "zod";
import { issueSchema } from "@/lib/actions/contract";
import {
  columnInteger,
  columnIntegerText,
  columnText,
  defineContract,
  projectParams,
  uploadBody,
  uploadName,
} from "@/lib/http/contract";
import { definitionSchema, storedFileSchema } from "./definition/schema";
import { deploymentPreviewSchema } from "./deployment-preview";
import { workflowDetailSchema, workflowSchema } from "./resource";
import { tagsSchema } from "./tags";

export {
  type LiveVersion,
  type WorkflowDetail,
  type WorkflowResource,
  workflowDetailSchema,
  workflowSchema,
} from "./resource";

export const maxNameLength = 128;
const nameSchema = columnText().trim().min(1, "Give the workflow a name.").max(maxNameLength);
const workflowParams = projectParams.extend({ workflow: z.string().max(40) });
const commonErrors = ["unauthorized", "forbidden", "not_found"] as const;
const yamlMediaTypes = { mediaType: "application/octet-stream", maxBytes: 64 * 1024 * 1024 };

export const listWorkflowsContract = defineContract({
  operationId: "listWorkflows",
  summary: "The project's workflows",
  tag: "Workflows",
  method: "GET",
  path: "/api/v1/projects/{project}/workflows",
  params: projectParams,
  success: { status: 200, body: z.object({ items: z.array(workflowSchema) }) },
  errors: [...commonErrors],
});

export const createWorkflowContract = defineContract({
  operationId: "createWorkflow",
  summary: "Create a workflow from a definition; a half-done one is kept as a draft",
  tag: "Workflows",
  method: "POST",
  path: "/api/v1/projects/{project}/workflows",
  params: projectParams,
  body: z.strictObject({
    name: nameSchema,
    description: columnText().max(10_000).default(""),
    tags: tagsSchema.optional(),
    definition: definitionSchema.optional(),
  }),
  success: { status: 201, body: workflowDetailSchema },
  errors: ["invalid_input", ...commonErrors, "storage_full"],
});

export const showWorkflowContract = defineContract({
  operationId: "showWorkflow",
  summary: "A workflow with its draft and everything that is wrong with it",
  tag: "Workflows",
  method: "GET",
  path: "/api/v1/projects/{project}/workflows/{workflow}",
  params: workflowParams,
  success: { status: 200, body: workflowDetailSchema },
  errors: [...commonErrors],
});

export const updateWorkflowContract = defineContract({
  operationId: "updateWorkflow",
  summary: "Change a workflow's draft; refused when somebody else has changed it since `revision`",
  tag: "Workflows",
  method: "PUT",
  path: "/api/v1/projects/{project}/workflows/{workflow}",
  params: workflowParams,
  body: z.strictObject({
    revision: columnInteger().optional(),
    name: nameSchema.optional(),
    description: columnText().max(10_000).optional(),
    tags: tagsSchema.optional(),
    definition: definitionSchema.optional(),
  }),
  success: { status: 200, body: workflowDetailSchema },
  errors: ["invalid_input", "conflict", ...commonErrors, "storage_full"],
});

export const cloneWorkflowContract = defineContract({
  operationId: "cloneWorkflow",
  summary: "Copy a workflow's draft into a new workflow of the project, which is not live",
  tag: "Workflows",
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/{workflow}/clone",
  params: workflowParams,
  body: z.strictObject({ name: nameSchema.optional() }),
  success: { status: 201, body: workflowDetailSchema },
  errors: ["invalid_input", ...commonErrors],
});

export const uploadWorkflowFileContract = defineContract({
  operationId: "uploadWorkflowFile",
  summary: "Store a file that an input of the draft can be set to, or that a run can be started with",
  tag: "Workflows",
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/{workflow}/files",
  params: workflowParams,
  query: z.object({ name: uploadName() }),
  body: uploadBody,
  success: { status: 201, body: storedFileSchema },
  errors: ["invalid_input", "payload_too_large", ...commonErrors, "storage_full"],
});

export const deleteWorkflowContract = defineContract({
  operationId: "deleteWorkflow",
  summary: "Delete a workflow that is not live, with its versions and runs",
  tag: "Workflows",
  method: "DELETE",
  path: "/api/v1/projects/{project}/workflows/{workflow}",
  params: workflowParams,
  success: { status: 204 },
  errors: ["conflict", ...commonErrors],
});

export const importWorkflowContract = defineContract({
  operationId: "importWorkflow",
  summary: "Import a workflow file (YAML, or a zip of it with its files), and deploy it when asked to",
  tag: "Workflows",
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/import",
  params: projectParams,
  query: z.object({
    deploy: z.stringbool().default(false),
    /** Keeps a file that names missing actions as an invalid draft. */
    force: z.stringbool().default(false),
  }),
  body: yamlMediaTypes,
  success: { status: 201, body: workflowDetailSchema.extend({ warnings: z.array(issueSchema) }) },
  errors: ["invalid_definition", "conflict", "payload_too_large", ...commonErrors, "storage_full"],
});

export const checkWorkflowContract = defineContract({
  operationId: "checkWorkflow",
  summary: "List every problem of a workflow file without importing it",
  tag: "Workflows",
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/check",
  params: projectParams,
  body: yamlMediaTypes,
  success: { status: 200, body: z.object({ valid: z.boolean(), problems: z.array(issueSchema) }) },
  errors: ["payload_too_large", ...commonErrors],
});

export const exportWorkflowContract = defineContract({
  operationId: "exportWorkflow",
  summary: "The draft, or a version, as a workflow file: YAML, or a zip where it holds files",
  tag: "Workflows",
  method: "GET",
  path: "/api/v1/projects/{project}/workflows/{workflow}/export",
  params: workflowParams,
  query: z.object({ version: columnIntegerText().positive().optional() }),
  success: { status: 200, mediaType: "application/yaml" },
  errors: [...commonErrors],
});

export const deployWorkflowContract = defineContract({
  operationId: "deployWorkflow",
  summary: "Publish the draft as a new version and make it live, or make an earlier version live",
  tag: "Workflows",
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/{workflow}/deploy",
  params: workflowParams,
  body: z.strictObject({
    version: columnInteger().positive().optional(),
    /** The draft that is meant: refused when it has changed since. */
    revision: columnInteger().optional(),
  }),
  success: { status: 200, body: workflowSchema },
  errors: ["invalid_definition", "conflict", ...commonErrors, "storage_full"],
});

export const previewDeploymentContract = defineContract({
  operationId: "previewDeployment",
  summary: "What deploying the draft, or an earlier version, would change for the workflow and for its callers",
  tag: "Workflows",
  method: "GET",
  path: "/api/v1/projects/{project}/workflows/{workflow}/deploy",
  params: workflowParams,
  query: z.object({ version: columnIntegerText().positive().optional() }),
  success: { status: 200, body: deploymentPreviewSchema },
  errors: ["invalid_input", ...commonErrors],
});

export const workflowVersionSchema = workflowDetailSchema.shape.versions.element.extend({
  definition: definitionSchema,
});
export type WorkflowVersion = z.infer<typeof workflowVersionSchema>;

export const showWorkflowVersionContract = defineContract({
  operationId: "showWorkflowVersion",
  summary: "What was published under a number",
  tag: "Workflows",
  method: "GET",
  path: "/api/v1/projects/{project}/workflows/{workflow}/versions/{version}",
  params: workflowParams.extend({ version: columnIntegerText().positive() }),
  success: { status: 200, body: workflowVersionSchema },
  errors: ["invalid_input", ...commonErrors],
});

export const stopWorkflowContract = defineContract({
  operationId: "stopWorkflow",
  summary: "Take a workflow off the air; its runs finish, or are canceled when asked to",
  tag: "Workflows",
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/{workflow}/stop",
  params: workflowParams,
  body: z.strictObject({ cancelRuns: z.boolean().default(false) }),
  success: { status: 200, body: workflowSchema },
  errors: ["conflict", ...commonErrors],
});

export const rollbackWorkflowContract = defineContract({
  operationId: "rollbackWorkflow",
  summary: "Make the version before the live one live again",
  tag: "Workflows",
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/{workflow}/rollback",
  params: workflowParams,
  success: { status: 200, body: workflowSchema },
  errors: ["conflict", ...commonErrors, "storage_full"],
});

export const previewRollbackContract = defineContract({
  operationId: "previewRollback",
  summary: "What making the version before the live one live again would change",
  tag: "Workflows",
  method: "GET",
  path: "/api/v1/projects/{project}/workflows/{workflow}/rollback",
  params: workflowParams,
  success: { status: 200, body: deploymentPreviewSchema },
  errors: ["conflict", ...commonErrors],
});

import { operation } from "@/lib/http/operation";
import type * as contract from "./contract";

/** What screens call of this domain; see `Operation`. Pure. */

export const listWorkflowsOperation = operation<typeof contract.listWorkflowsContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/workflows",
});

export const showWorkflowOperation = operation<typeof contract.showWorkflowContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/workflows/{workflow}",
});

export const createWorkflowOperation = operation<typeof contract.createWorkflowContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/workflows",
  body: "json",
});

export const updateWorkflowOperation = operation<typeof contract.updateWorkflowContract>({
  method: "PUT",
  path: "/api/v1/projects/{project}/workflows/{workflow}",
  body: "json",
});

export const cloneWorkflowOperation = operation<typeof contract.cloneWorkflowContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/{workflow}/clone",
  body: "json",
});

export const uploadWorkflowFileOperation = operation<typeof contract.uploadWorkflowFileContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/{workflow}/files",
  body: { mediaType: "application/octet-stream" },
});

export const deleteWorkflowOperation = operation<typeof contract.deleteWorkflowContract>({
  method: "DELETE",
  path: "/api/v1/projects/{project}/workflows/{workflow}",
});

export const importWorkflowOperation = operation<typeof contract.importWorkflowContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/import",
  body: { mediaType: "application/octet-stream" },
});

export const checkWorkflowOperation = operation<typeof contract.checkWorkflowContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/check",
  body: { mediaType: "application/octet-stream" },
});

export const deployWorkflowOperation = operation<typeof contract.deployWorkflowContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/{workflow}/deploy",
  body: "json",
});

export const previewDeploymentOperation = operation<typeof contract.previewDeploymentContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/workflows/{workflow}/deploy",
});

export const previewRollbackOperation = operation<typeof contract.previewRollbackContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/workflows/{workflow}/rollback",
});

export const showWorkflowVersionOperation = operation<typeof contract.showWorkflowVersionContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/workflows/{workflow}/versions/{version}",
});

export const stopWorkflowOperation = operation<typeof contract.stopWorkflowContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/workflows/{workflow}/stop",
  body: "json",
});

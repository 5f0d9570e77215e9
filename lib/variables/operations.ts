import { operation } from "@/lib/http/operation";
import type * as contract from "./contract";

/** What screens call of this domain; see `Operation`. Pure. */

export const setVariableOperation = operation<typeof contract.setVariableContract>({
  method: "PUT",
  path: "/api/v1/projects/{project}/variables/{variable}",
  body: "json",
});

export const setFileVariableOperation = operation<typeof contract.setFileVariableContract>({
  method: "PUT",
  path: "/api/v1/projects/{project}/variables/{variable}/file",
  body: { mediaType: "application/octet-stream" },
});

export const listVariablesOperation = operation<typeof contract.listVariablesContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/variables",
});

export const unsetVariableOperation = operation<typeof contract.unsetVariableContract>({
  method: "DELETE",
  path: "/api/v1/projects/{project}/variables/{variable}",
});

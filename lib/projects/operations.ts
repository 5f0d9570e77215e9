import { operation } from "@/lib/http/operation";
import type * as contract from "./contract";

/** What screens call of this domain; see `Operation`. Pure. */

export const createProjectOperation = operation<typeof contract.createProjectContract>({
  method: "POST",
  path: "/api/v1/projects",
  body: "json",
});

export const listProjectsOperation = operation<typeof contract.listProjectsContract>({
  method: "GET",
  path: "/api/v1/projects",
});

export const showProjectOperation = operation<typeof contract.showProjectContract>({
  method: "GET",
  path: "/api/v1/projects/{project}",
});

export const updateProjectOperation = operation<typeof contract.updateProjectContract>({
  method: "PATCH",
  path: "/api/v1/projects/{project}",
  body: "json",
});

export const deleteProjectOperation = operation<typeof contract.deleteProjectContract>({
  method: "DELETE",
  path: "/api/v1/projects/{project}",
});

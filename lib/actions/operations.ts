import { operation } from "@/lib/http/operation";
import type * as contract from "./contract";

/** What screens call of this domain; see `Operation`. Pure. */

export const pushActionsOperation = operation<typeof contract.pushActionsContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/actions",
  body: { mediaType: "application/zip" },
});

export const listActionsOperation = operation<typeof contract.listActionsContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/actions",
});

export const showActionOperation = operation<typeof contract.showActionContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/actions/{action}/versions/{version}",
});

export const readPackageOperation = operation<typeof contract.readPackageContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/actions/{action}/versions/{version}/package",
});

export const deleteActionOperation = operation<typeof contract.deleteActionContract>({
  method: "DELETE",
  path: "/api/v1/projects/{project}/actions/{action}/versions/{version}",
});

export const grantNetworkOperation = operation<typeof contract.grantNetworkContract>({
  method: "PUT",
  path: "/api/v1/projects/{project}/actions/{action}/network",
  body: "json",
});

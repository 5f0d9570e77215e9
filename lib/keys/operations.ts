import { operation } from "@/lib/http/operation";
import type * as contract from "./contract";

/** What screens call of this domain; see `Operation`. Pure. */

export const createKeyOperation = operation<typeof contract.createKeyContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/keys",
  body: "json",
});

export const listKeysOperation = operation<typeof contract.listKeysContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/keys",
});

export const revokeKeyOperation = operation<typeof contract.revokeKeyContract>({
  method: "DELETE",
  path: "/api/v1/projects/{project}/keys/{key}",
});

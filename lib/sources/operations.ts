import { operation } from "@/lib/http/operation";
import type * as contract from "./contract";

/** What screens call of this domain; see `Operation`. Pure. */

export const listSourcesOperation = operation<typeof contract.listSourcesContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/sources",
});

export const addSourceOperation = operation<typeof contract.addSourceContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/sources",
  body: "json",
});

export const showSourceOperation = operation<typeof contract.showSourceContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/sources/{source}",
});

export const updateSourceOperation = operation<typeof contract.updateSourceContract>({
  method: "PATCH",
  path: "/api/v1/projects/{project}/sources/{source}",
  body: "json",
});

export const removeSourceOperation = operation<typeof contract.removeSourceContract>({
  method: "DELETE",
  path: "/api/v1/projects/{project}/sources/{source}",
});

export const scanSourceOperation = operation<typeof contract.scanSourceContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/sources/{source}/scan",
});

export const importFromSourceOperation = operation<typeof contract.importFromSourceContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/sources/{source}/import",
  body: "json",
});

export const createSourceHookOperation = operation<typeof contract.createSourceHookContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/sources/{source}/hook",
});

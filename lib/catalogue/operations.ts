import { operation } from "@/lib/http/operation";
import type * as contract from "./contract";

/** What screens call of this domain; see `Operation`. Pure. */

export const listCatalogueOperation = operation<typeof contract.listCatalogueContract>({
  method: "GET",
  path: "/api/v1/catalogue",
});

export const showCatalogueEntryOperation = operation<typeof contract.showCatalogueEntryContract>({
  method: "GET",
  path: "/api/v1/catalogue/{action}",
});

export const addCatalogueEntryOperation = operation<typeof contract.addCatalogueEntryContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/catalogue/{action}",
});

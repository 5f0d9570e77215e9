import { operation } from "@/lib/http/operation";
import type * as contract from "./contract";

/** What screens call of this domain; see `Operation`. Pure. */

export const listAuditOperation = operation<typeof contract.listAuditContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/audit",
});

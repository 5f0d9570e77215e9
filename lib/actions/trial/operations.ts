import { operation } from "@/lib/http/operation";
import type * as contract from "./contract";

/** What screens call of this domain; see `Operation`. Pure. */

export const tryActionOperation = operation<typeof contract.tryActionContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/action-trials",
  body: "json",
});

import { operation } from "@/lib/http/operation";
import type * as contract from "./contract";

/** What screens call of this domain; see `Operation`. Pure. */

export const showLimitsOperation = operation<typeof contract.showLimitsContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/limits",
});

export const updateLimitsOperation = operation<typeof contract.updateLimitsContract>({
  method: "PATCH",
  path: "/api/v1/projects/{project}/limits",
  body: "json",
});

import { operation } from "@/lib/http/operation";
import type * as contract from "./contract";

/** What screens call of this domain; see `Operation`. Pure. */

export const showUsageOperation = operation<typeof contract.showUsageContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/usage",
});

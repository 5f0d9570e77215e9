import { operation } from "@/lib/http/operation";
import type * as contract from "./contract";

/** What screens call of this domain; see `Operation`. Pure. */

export const watchProjectOperation = operation<typeof contract.watchProjectContract>({
  method: "GET",
  path: "/api/v1/projects/{project}/events",
});

import { operation } from "@/lib/http/operation";
import type * as contract from "./contract";

/** What screens call of this domain; see `Operation`. Pure. */

export const listExamplesOperation = operation<typeof contract.listExamplesContract>({
  method: "GET",
  path: "/api/v1/examples",
});

export const addExampleOperation = operation<typeof contract.addExampleContract>({
  method: "POST",
  path: "/api/v1/projects/{project}/examples/{example}",
});

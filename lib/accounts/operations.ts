import { operation } from "@/lib/http/operation";
import type * as contract from "./contract";

/** What screens call of this domain; see `Operation`. Pure. */

export const signUpOperation = operation<typeof contract.signUpContract>({
  method: "POST",
  path: "/api/v1/signup",
  body: "json",
});

export const signOutOperation = operation<typeof contract.signOutContract>({
  method: "POST",
  path: "/api/v1/logout",
});

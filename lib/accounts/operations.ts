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

export const updateAccountOperation = operation<typeof contract.updateAccountContract>({
  method: "PATCH",
  path: "/api/v1/account",
  body: "json",
});

export const changePasswordOperation = operation<typeof contract.changePasswordContract>({
  method: "POST",
  path: "/api/v1/account/password",
  body: "json",
});

export const listTokensOperation = operation<typeof contract.listTokensContract>({
  method: "GET",
  path: "/api/v1/account/tokens",
});

export const revokeTokenOperation = operation<typeof contract.revokeTokenContract>({
  method: "DELETE",
  path: "/api/v1/account/tokens/{token}",
});

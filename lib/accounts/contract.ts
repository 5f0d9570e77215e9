import { z } from "zod";
import { columnText, defineContract, timestampSchema } from "@/lib/http/contract";

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email("Give an e-mail address, such as ada@example.com."));
export const passwordSchema = z.string().min(8, "Use at least 8 characters.").max(200, "Use at most 200 characters.");

export const signUpSchema = z.strictObject({
  email: emailSchema,
  password: passwordSchema,
  name: columnText().trim().min(1).max(100).optional(),
});
export const signInSchema = z.strictObject({ email: emailSchema, password: z.string().min(1).max(200) });

export const userSchema = z.object({ id: z.string(), email: z.string(), name: z.string().nullable() });
export const signedInSchema = z.object({ token: z.string(), user: userSchema });
export type UserResource = z.infer<typeof userSchema>;

export const signUpContract = defineContract({
  operationId: "signUp",
  summary: "Create an account, where sign-up is open, and sign in",
  tag: "Account",
  method: "POST",
  path: "/api/v1/signup",
  access: "public",
  body: signUpSchema,
  success: { status: 201, body: signedInSchema },
  errors: ["invalid_input", "conflict", "forbidden", "rate_limited"],
});

export const signInContract = defineContract({
  operationId: "signIn",
  summary: "Exchange e-mail and password for a personal token",
  tag: "Account",
  method: "POST",
  path: "/api/v1/login",
  access: "public",
  body: signInSchema,
  success: { status: 201, body: signedInSchema },
  errors: ["invalid_input", "unauthorized", "rate_limited"],
});

export const signOutContract = defineContract({
  operationId: "signOut",
  summary: "Revoke the personal token that this request carries",
  tag: "Account",
  method: "POST",
  path: "/api/v1/logout",
  success: { status: 204 },
  errors: ["unauthorized"],
});

export const whoAmIContract = defineContract({
  operationId: "whoAmI",
  summary: "The signed-in user",
  tag: "Account",
  method: "GET",
  path: "/api/v1/whoami",
  success: { status: 200, body: z.object({ user: userSchema }) },
  errors: ["unauthorized"],
});

export const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: timestampSchema,
  lastUsedAt: timestampSchema.nullable(),
  /** Whether it is the one that this request carries. */
  isCurrent: z.boolean(),
});
export type TokenResource = z.infer<typeof tokenSchema>;

export const updateAccountSchema = z.strictObject({ name: columnText().trim().max(100).nullable() });
export const changePasswordSchema = z.strictObject({ current: z.string().max(200), next: passwordSchema });

export const updateAccountContract = defineContract({
  operationId: "updateAccount",
  summary: "Change your name",
  tag: "Account",
  method: "PATCH",
  path: "/api/v1/account",
  body: updateAccountSchema,
  success: { status: 200, body: z.object({ user: userSchema }) },
  errors: ["invalid_input", "unauthorized"],
});

export const changePasswordContract = defineContract({
  operationId: "changePassword",
  summary: "Change your password; your other personal tokens end with the old one",
  tag: "Account",
  method: "POST",
  path: "/api/v1/account/password",
  body: changePasswordSchema,
  success: { status: 204 },
  errors: ["invalid_input", "unauthorized", "rate_limited"],
});

export const listTokensContract = defineContract({
  operationId: "listTokens",
  summary: "Your personal tokens, as the command line makes them when it signs in",
  tag: "Account",
  method: "GET",
  path: "/api/v1/account/tokens",
  success: { status: 200, body: z.object({ items: z.array(tokenSchema) }) },
  errors: ["unauthorized"],
});

export const revokeTokenContract = defineContract({
  operationId: "revokeToken",
  summary: "Revoke one of your personal tokens",
  tag: "Account",
  method: "DELETE",
  path: "/api/v1/account/tokens/{token}",
  params: z.object({ token: z.string().max(40) }),
  success: { status: 204 },
  errors: ["unauthorized", "not_found"],
});

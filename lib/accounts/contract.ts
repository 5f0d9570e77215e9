import { z } from "zod";
import { columnText, defineContract } from "@/lib/http/contract";

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

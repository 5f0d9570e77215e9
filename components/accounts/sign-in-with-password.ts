import { signIn } from "next-auth/react";

/** Opens a session, as a cookie. @throws Error with a message for the person */
export async function signInWithPassword(email: string, password: string): Promise<void> {
  const result = await signIn("password", { redirect: false, email, password });
  if (result?.ok && !result.error) return;
  throw new Error(
    !result?.error || result.error === "CredentialsSignin" ? "E-mail or password is wrong." : result.error,
  );
}

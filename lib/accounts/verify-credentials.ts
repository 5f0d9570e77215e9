import { AppError } from "@/lib/errors";
import { countSignInAttempt, forgetSignInAttempts } from "./limits";
import { isPassword } from "./password";
import { findUserByEmail, type UserRow } from "./store";

/**
 * Checks e-mail and password. An unknown e-mail and a wrong password give the same answer after the same work.
 * @throws AppError `unauthorized`, `rate_limited`
 */
export async function verifyCredentials(email: string, password: string, address: string): Promise<UserRow> {
  await countSignInAttempt(email, address);
  const user = await findUserByEmail(email);
  if (!(await isPassword(user?.passwordHash, password)) || !user) {
    throw new AppError("unauthorized", "E-mail or password is wrong.");
  }
  await forgetSignInAttempts(email, address);
  return user;
}

import { userUseCase } from "@/lib/auth";
import { hashToken } from "@/lib/crypto/tokens";
import { inTransaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { countSignInAttempt, forgetSignInAttempts } from "./limits";
import { hashPassword, isPassword } from "./password";
import { findUser, replacePassword } from "./store";

/** Guesses of the current password count as attempts to sign in do. An account of an outside provider gets its first. */
export const changePassword = userUseCase(
  async (ctx, input: { current: string; next: string; token: string | null }) => {
    const user = await findUser(ctx.actor.userId);
    if (!user) throw new AppError("unauthorized", "This account no longer exists.");
    if (user.passwordHash !== null) {
      await countSignInAttempt(user.email, ctx.address);
      if (!(await isPassword(user.passwordHash, input.current)))
        throw new AppError("invalid_input", "The current password is wrong.", {
          issues: [{ path: "body.current", message: "This is not your password." }],
        });
      await forgetSignInAttempts(user.email, ctx.address);
    }
    const passwordHash = await hashPassword(input.next);
    const kept = input.token ? hashToken(input.token) : null;
    await inTransaction((tx) => replacePassword(tx, user.id, passwordHash, kept));
  },
);

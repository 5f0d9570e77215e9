import { userUseCase } from "@/lib/auth";
import { hashToken } from "@/lib/crypto/tokens";
import { deleteToken } from "./store";

/** Revokes the token that made the request; a session cookie is ended by next-auth. */
export const signOut = userUseCase(async (_ctx, input: { token: string | null }) => {
  if (input.token) await deleteToken(hashToken(input.token));
});

import { inTransaction } from "@/lib/db";
import { signUpWithIdentity } from "./sign-up";
import { findUserByEmail, findUserByIdentity, takeOverAccount, type UserRow } from "./store";

/**
 * The account behind a sign-in at an outside provider: the one linked to it, else the one with the same verified
 * address, else a new one where sign-up is open.
 */
export async function signInWithIdentity(
  profile: { email: string; emailVerified: boolean; name: string | null },
  identity: { provider: string; providerAccountId: string },
): Promise<UserRow> {
  const known = await findUserByIdentity(identity.provider, identity.providerAccountId);
  if (known) return known;
  const email = profile.email.trim().toLowerCase();
  const sameAddress = profile.emailVerified ? await findUserByEmail(email) : undefined;
  if (!sameAddress) return signUpWithIdentity({ email, name: profile.name }, identity);
  await inTransaction((tx) => takeOverAccount(tx, { ...identity, userId: sameAddress.id }));
  return sameAddress;
}

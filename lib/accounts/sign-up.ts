import { publicUseCase } from "@/lib/auth";
import { inTransaction, type Transaction } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { holdsTenantsApart, listLiveWorkers } from "@/lib/fleet";
import { newId } from "@/lib/ids";
import { issueToken } from "./issue-token";
import { countSignUp } from "./limits";
import { hashPassword } from "./password";
import { presentUser } from "./present";
import { countUsers, insertIdentity, insertUser, lockSignUps, type UserRow } from "./store";

/** Why nobody may sign up just now, or null. The first account can always be made: it is the operator's. */
async function closedReason(tx: Transaction, isInvited = false): Promise<string | null> {
  if ((await countUsers(tx)) === 0) return null;
  const mode = env().MILLRACE_SIGNUP;
  if (mode !== "open" && !(mode === "invite" && isInvited))
    return `Sign-up is ${mode === "invite" ? "by invitation" : "closed"} here. Ask whoever runs this instance.`;
  const isConfinedEnough = env().MILLRACE_ALLOW_CONFINED_MULTI_TENANT;
  const weak = (await listLiveWorkers()).find(({ sandbox }) => !holdsTenantsApart(sandbox.level, isConfinedEnough));
  if (!weak) return null;
  return `Sign-up is closed: this machine cannot keep the actions of several tenants apart (level ${weak.sandbox.level}). ${weak.sandbox.fix ?? ""}`;
}

/** For a page that would otherwise show a form in vain. */
export function whySignUpIsClosed(): Promise<string | null> {
  return inTransaction(async (tx) => (await closedReason(tx))?.trim() ?? null);
}

async function createUser(
  user: { email: string; name: string | null; passwordHash: string | null },
  more: { identity?: { provider: string; providerAccountId: string }; isInvited?: boolean } = {},
): Promise<UserRow> {
  return inTransaction(async (tx) => {
    await lockSignUps(tx);
    const reason = await closedReason(tx, more.isInvited);
    if (reason) throw new AppError("forbidden", reason.trim());
    const row = await insertUser(tx, { id: newId("user"), ...user });
    if (!row) {
      throw new AppError("conflict", "There is already an account with this e-mail address. Sign in instead.", {
        issues: [{ path: "body.email", message: "This address already has an account." }],
      });
    }
    if (more.identity) await insertIdentity(tx, { ...more.identity, userId: row.id });
    return row;
  });
}

interface NewAccount {
  email: string;
  password: string;
  name?: string | undefined;
}

async function createAccount(input: NewAccount, address: string, isInvited: boolean) {
  await countSignUp(address);
  const passwordHash = await hashPassword(input.password);
  const user = await createUser({ email: input.email, name: input.name ?? null, passwordHash }, { isInvited });
  return { token: await issueToken(user.id, "command line"), user: presentUser(user) };
}

export const signUp = publicUseCase((ctx, input: NewAccount) => createAccount(input, ctx.address, false));

/** For somebody whose invitation has been looked at, which opens what is by invitation. */
export function createInvitedAccount(input: NewAccount, address: string) {
  return createAccount(input, address, true);
}

/** For a first sign-in at an outside provider, which the operator has chosen. */
export function signUpWithIdentity(
  profile: { email: string; name: string | null },
  identity: { provider: string; providerAccountId: string },
): Promise<UserRow> {
  return createUser({ ...profile, passwordHash: null }, { identity });
}

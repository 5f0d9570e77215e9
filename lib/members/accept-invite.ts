import { createInvitedAccount } from "@/lib/accounts";
import { recordAudit } from "@/lib/audit";
import { publicUseCase, userUseCase } from "@/lib/auth";
import { hashToken } from "@/lib/crypto/tokens";
import { inProject, type Transaction } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { findMembership, findProject, insertMembership, presentProject } from "@/lib/projects";
import { projectOfInvite } from "./invite-token";
import { emailOf, findInviter, type InviteRow, lockOpenInvite, markAccepted } from "./store";

interface OpenedInvite {
  tx: Transaction;
  projectId: string;
  invite: InviteRow;
}

/** @throws AppError `not_found` for a link that was never made, was taken back or up, or has expired: all alike */
async function withInvite<T>(token: string, run: (opened: OpenedInvite) => Promise<T>): Promise<T> {
  const projectId = projectOfInvite(token);
  const gone = () => notFound("The invitation: it was taken up or taken back, or it has expired. It");
  if (!projectId) throw gone();
  return inProject(projectId, async (tx) => {
    const invite = await lockOpenInvite(tx, projectId, hashToken(token));
    if (!invite) throw gone();
    return run({ tx, projectId, invite });
  });
}

function assertMeant(invite: InviteRow, email: string | undefined): void {
  if (invite.email === null || invite.email === email?.toLowerCase()) return;
  throw new AppError(
    "forbidden",
    "This invitation is for another e-mail address. Sign in with that one to take it up.",
  );
}

async function takeUp({ tx, projectId, invite }: OpenedInvite, userId: string) {
  const actor = { kind: "user", userId } as const;
  const known = await findMembership(tx, projectId, userId);
  if (!known) await insertMembership(tx, { projectId, userId, role: invite.role });
  await markAccepted(tx, projectId, invite.id, userId);
  await recordAudit(tx, projectId, actor, "member.join", invite.id);
  const project = await findProject(tx, projectId);
  if (!project) throw notFound("The project");
  // Who is a member already keeps their role.
  return presentProject({ project, role: known?.role ?? invite.role });
}

export const showInvite = publicUseCase(async (_ctx, input: { token: string }) =>
  withInvite(input.token, async ({ tx, projectId, invite }) => {
    const project = await findProject(tx, projectId);
    return {
      project: project?.name ?? "",
      role: invite.role,
      email: invite.email,
      invitedBy: await findInviter(tx, invite),
      expiresAt: invite.expiresAt.toISOString(),
    };
  }),
);

export const acceptInvite = userUseCase(async (ctx, input: { token: string }) =>
  withInvite(input.token, async (opened) => {
    assertMeant(opened.invite, await emailOf(opened.tx, ctx.actor.userId));
    return takeUp(opened, ctx.actor.userId);
  }),
);

/** Works where sign-up is by invitation only: the link is the permission. */
export const signUpInvited = publicUseCase(
  async (ctx, input: { token: string; email: string; password: string; name?: string | undefined }) => {
    const { token, ...account } = input;
    await withInvite(token, async ({ invite }) => assertMeant(invite, account.email));
    const created = await createInvitedAccount(account, ctx.address);
    const { id } = await withInvite(token, (opened) => takeUp(opened, created.user.id));
    return { ...created, project: id };
  },
);

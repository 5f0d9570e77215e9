import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { ensureBuiltins } from "./install-builtins";
import type { NetworkAccess } from "./network";
import { presentGrant } from "./present";
import { findActionVersion, upsertGrant } from "./store";

/** What is written to the audit log; workers hear of it there, and ask anew before the next call. */
export const grantAuditAction = "action.grant";

export const grantNetwork = projectUseCase(
  "actions.grant",
  async (ctx, input: { actionId: string; access: NetworkAccess }) => {
    const projectId = ctx.project.id;
    const { actionId, access } = input;
    await ensureBuiltins(projectId);
    return inProject(projectId, async (tx) => {
      if (!(await findActionVersion(tx, projectId, actionId, "latest"))) throw notFound(`The action ${actionId}`);
      const { policy } = access;
      const hosts = [...new Set(access.hosts)];
      const row = await upsertGrant(tx, { projectId, actionId, policy, hosts });
      const what = policy === "allow-list" ? hosts.join(", ") : policy;
      await recordAudit(tx, projectId, ctx.actor, grantAuditAction, `${actionId}: ${what}`);
      return presentGrant(row);
    });
  },
);

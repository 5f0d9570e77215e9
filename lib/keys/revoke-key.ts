import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject, notify } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { presentKey } from "./present";
import { markKeyRevoked } from "./store";

export const revokeKey = projectUseCase("keys.manage", async (ctx, input: { keyId: string }) => {
  const row = await inProject(ctx.project.id, async (tx) => {
    const revoked = await markKeyRevoked(tx, ctx.project.id, input.keyId);
    if (!revoked) throw notFound("The key");
    await recordAudit(tx, ctx.project.id, ctx.actor, "key.revoke", revoked.id);
    await notify(tx, "keys_changed", ctx.project.id);
    return revoked;
  });
  return presentKey(row);
});

import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { hashToken } from "@/lib/crypto/tokens";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { hookLink, newHookToken } from "./hook-token";
import { updateSourceRow } from "./store";

export const createSourceHook = projectUseCase("actions.manage", async (ctx, input: { sourceId: string }) => {
  const token = newHookToken(ctx.project.id);
  await inProject(ctx.project.id, async (tx) => {
    const row = await updateSourceRow(tx, ctx.project.id, input.sourceId, { hookHash: hashToken(token) });
    if (!row) throw notFound("The repository");
    await recordAudit(tx, ctx.project.id, ctx.actor, "source.hook", input.sourceId);
  });
  return { url: hookLink(token) };
});

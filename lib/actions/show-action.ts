import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { ensureBuiltins } from "./install-builtins";
import { presentActionVersion, presentGrant } from "./present";
import { findActionVersion, findGrant, readBuildLog } from "./store";

export const showAction = projectUseCase(
  "actions.view",
  async (ctx, input: { actionId: string; version: string; afterLine: number }) => {
    await ensureBuiltins(ctx.project.id);
    return inProject(ctx.project.id, async (tx) => {
      const row = await findActionVersion(tx, ctx.project.id, input.actionId, input.version);
      if (!row) throw notFound(`The action ${input.actionId}@${input.version}`);
      const log = await readBuildLog(tx, ctx.project.id, row.id, input.afterLine);
      const buildLog = log.map(({ seq, at, line }) => ({ seq, at: at.toISOString(), line }));
      const grant = presentGrant(await findGrant(tx, ctx.project.id, row.actionId));
      return { ...presentActionVersion(row), grant, buildLog };
    });
  },
);

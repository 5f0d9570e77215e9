import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { deleteVariableRow, findUsesOfVariable } from "./store";

export const unsetVariable = projectUseCase("variables.manage", async (ctx, input: { name: string }) =>
  inProject(ctx.project.id, async (tx) => {
    const uses = await findUsesOfVariable(tx, ctx.project.id, input.name);
    if (uses.length > 0) {
      throw new AppError(
        "conflict",
        `${input.name} is used by ${uses.join(", ")}. Change ${uses.length === 1 ? "it" : "them"} first.`,
        {
          issues: uses.map((name) => ({ path: "workflows", message: name })),
        },
      );
    }
    if (!(await deleteVariableRow(tx, ctx.project.id, input.name))) throw notFound(`The variable ${input.name}`);
    await recordAudit(tx, ctx.project.id, ctx.actor, "variable.unset", input.name);
  }),
);

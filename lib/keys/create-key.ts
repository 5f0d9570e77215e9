import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { hashToken, randomToken } from "@/lib/crypto/tokens";
import { inProject } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { presentKey } from "./present";
import { insertKey } from "./store";

/** A key names its project, so that a call without a project in its path (Ryax's result links) can be placed. */
function newKeySecret(projectId: string): string {
  return `mrk_${projectId}_${randomToken()}`;
}

export function projectOfKey(secret: string): string | undefined {
  return /^mrk_([a-z0-9]+)_/.exec(secret)?.[1];
}

export const createKey = projectUseCase(
  "keys.manage",
  async (ctx, input: { name: string; expiresAt?: Date | null | undefined }) => {
    const secret = newKeySecret(ctx.project.id);
    return inProject(ctx.project.id, async (tx) => {
      const row = await insertKey(tx, {
        id: newId("key"),
        projectId: ctx.project.id,
        name: input.name,
        prefix: secret.slice(0, secret.length - 37),
        hash: hashToken(secret),
        expiresAt: input.expiresAt ?? null,
      });
      if (!row) {
        throw new AppError(
          "conflict",
          `There is already a key named “${input.name}”. Choose another name, or revoke that one.`,
          {
            issues: [{ path: "body.name", message: "This name is taken." }],
          },
        );
      }
      await recordAudit(tx, ctx.project.id, ctx.actor, "key.create", row.id);
      return { ...presentKey(row), key: secret };
    });
  },
);

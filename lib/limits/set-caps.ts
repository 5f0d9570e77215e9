import { recordAudit } from "@/lib/audit";
import type { Actor } from "@/lib/auth";
import { inProject, isOrphan } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { limitsAuditAction } from "./audit-action";
import type { LimitChanges, LimitResource } from "./contract";
import { presentLimits } from "./present";
import { lockLimitRow, updateLimitRow } from "./store";
import { changedLimits } from "./update-limits";

const operator: Actor = { kind: "system", name: "operator" };

/**
 * What the instance's operator allows one project, above or below what it gives every other. No operation of the API
 * leads here: it takes the database of the instance.
 * @throws AppError `not_found`
 */
export async function setCaps(projectId: string, changes: LimitChanges): Promise<LimitResource[]> {
  return inProject(projectId, async (tx) => {
    const row = await lockLimitRow(tx, projectId).catch((error) => {
      throw isOrphan(error) ? notFound("The project") : error;
    });
    if (Object.keys(changes).length === 0) return presentLimits(row);
    const caps = changedLimits(row.caps, changes);
    await updateLimitRow(tx, projectId, { caps });
    await recordAudit(tx, projectId, operator, limitsAuditAction, `by the operator: ${JSON.stringify(changes)}`);
    return presentLimits({ ...row, caps });
  });
}

import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { AppError, type Issue } from "@/lib/errors";
import { limitsAuditAction } from "./audit-action";
import type { LimitChanges } from "./contract";
import { formatLimit } from "./limit-text";
import { limitNames, type SomeLimits } from "./names";
import { platformLimits } from "./platform";
import { presentLimits } from "./present";
import { lockLimitRow, updateLimitRow } from "./store";

/** @throws AppError `invalid_input` naming each that is above what the instance allows the project */
function assertBelow(caps: SomeLimits, changes: LimitChanges): void {
  const allowed = { ...platformLimits(), ...caps };
  const issues = limitNames.flatMap((name): Issue[] => {
    const wanted = changes[name] ?? null;
    if (wanted === null || wanted <= allowed[name]) return [];
    const most = formatLimit(name, allowed[name]);
    const message = `This may be at most ${most}. Who runs this instance can allow the project more.`;
    return [{ path: `body.${name}`, message }];
  });
  if (issues.length > 0) throw new AppError("invalid_input", "Some limits are above what is allowed.", { issues });
}

/** The limits that hold after a change; null takes one back. */
export function changedLimits(known: SomeLimits, changes: LimitChanges): SomeLimits {
  const merged = limitNames.map((name) => [name, changes[name] === undefined ? known[name] : changes[name]] as const);
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined && value !== null));
}

/** An admin may hold the project to less than it is given, and to no more. */
export const updateLimits = projectUseCase("limits.manage", async (ctx, changes: LimitChanges) =>
  inProject(ctx.project.id, async (tx) => {
    const row = await lockLimitRow(tx, ctx.project.id);
    assertBelow(row.caps, changes);
    const chosen = changedLimits(row.chosen, changes);
    await updateLimitRow(tx, ctx.project.id, { chosen });
    await recordAudit(tx, ctx.project.id, ctx.actor, limitsAuditAction, JSON.stringify(changes));
    return { items: presentLimits({ ...row, chosen }) };
  }),
);

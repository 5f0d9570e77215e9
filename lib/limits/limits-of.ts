import { LRUCache } from "lru-cache";
import { inProject, listen } from "@/lib/db";
import { messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { limitsAuditAction } from "./audit-action";
import { effectiveLimits, type Limits } from "./names";
import { platformLimits } from "./platform";
import { findLimitRow } from "./store";

interface LimitCache {
  limits: LRUCache<string, Promise<Limits>>;
  /** Nothing is remembered while changes could be missed. */
  isLive: boolean;
}

const holder = globalThis as { millraceLimits?: LimitCache };

function cache(): LimitCache {
  if (!holder.millraceLimits) {
    const created: LimitCache = { limits: new LRUCache({ max: 20_000, ttl: 60_000 }), isLive: false };
    holder.millraceLimits = created;
    listen("project_changed", forget, () => {
      created.limits.clear();
      created.isLive = true;
    }).catch(() => {
      holder.millraceLimits = undefined;
    });
  }
  return holder.millraceLimits;
}

function forget(payload: string): void {
  const [projectId = "", what] = payload.split("/");
  if (what === limitsAuditAction) holder.millraceLimits?.limits.delete(projectId);
}

async function load(projectId: string): Promise<Limits> {
  const { caps, chosen } = await inProject(projectId, (tx) => findLimitRow(tx, projectId));
  return effectiveLimits(platformLimits(), caps, chosen);
}

/** What holds for a project now. While the database is away, what every project gets: that stops no run. */
export function limitsOf(projectId: string): Promise<Limits> {
  const { limits, isLive } = cache();
  const known = limits.get(projectId);
  if (known) return known;
  const loading = load(projectId);
  if (isLive) limits.set(projectId, loading);
  return loading.catch((error) => {
    limits.delete(projectId);
    logger.warn({ reason: messageOf(error), projectId }, "a project's limits could not be read");
    return platformLimits();
  });
}

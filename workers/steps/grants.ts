import { LRUCache } from "lru-cache";
import { findGrant, grantAuditAction } from "@/lib/actions";
import { type NetworkAccess, noNetwork } from "@/lib/actions/network";
import { inProject, listen } from "@/lib/db";

/** What projects let their actions reach: read once, and again when a grant has changed. */
export class Grants {
  private readonly known = new LRUCache<string, Promise<NetworkAccess>>({ max: 20_000, ttl: 60_000 });
  /** Nothing is remembered while changes could be missed. */
  private isLive = false;

  async start(): Promise<void> {
    await listen(
      "project_changed",
      (payload) => {
        const [projectId = "", what] = payload.split("/");
        if (what === grantAuditAction || what === "action.delete") this.forget(projectId);
      },
      () => {
        this.known.clear();
        this.isLive = true;
      },
    );
  }

  find(projectId: string, actionId: string): Promise<NetworkAccess> {
    const key = `${projectId}/${actionId}`;
    const known = this.known.get(key);
    if (known) return known;
    const loading = this.load(projectId, actionId);
    if (this.isLive) this.known.set(key, loading);
    loading.catch(() => this.known.delete(key));
    return loading;
  }

  private async load(projectId: string, actionId: string): Promise<NetworkAccess> {
    const grant = await inProject(projectId, (tx) => findGrant(tx, projectId, actionId));
    return grant ? { policy: grant.policy, hosts: grant.hosts } : noNetwork;
  }

  private forget(projectId: string): void {
    for (const key of this.known.keys()) if (key.startsWith(`${projectId}/`)) this.known.delete(key);
  }
}

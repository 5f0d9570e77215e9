import { createHash } from "node:crypto";
import { totalmem } from "node:os";
import type { SandboxLevel } from "@/lib/fleet/sandbox-level";
import type { Host } from "./host";
import { type Interpreter, minorOf } from "./interpreters";
import { ProcessPool } from "./pool";
import { type ProcessSpec, supervisorError } from "./protocol";

/** What a warm process is reckoned to take, and how much of the machine may go to idle ones. */
const processBytes = 40 << 20;
const warmShare = 0.25;
const sweepMs = 30_000;

/** All pools of this machine, and what evicts their idle processes. */
export class Pools {
  private readonly pools = new Map<string, ProcessPool>();
  private readonly maxProcesses = Math.max(16, Math.floor((totalmem() * warmShare) / processBytes));
  private readonly sweep: NodeJS.Timeout;

  constructor(
    private readonly host: Host,
    private readonly level: SandboxLevel,
  ) {
    this.sweep = setInterval(() => this.evict(), sweepMs);
    this.sweep.unref();
  }

  /** @throws RuntimeError `SandboxUnavailable` when the language's interpreter is missing here */
  of(spec: ProcessSpec): ProcessPool {
    const key = createHash("sha256").update(JSON.stringify(spec)).digest("base64");
    let pool = this.pools.get(key);
    if (!pool) {
      pool = new ProcessPool(this.host, this.level, spec, this.interpreterFor(spec));
      this.makeRoom();
    } else {
      this.pools.delete(key);
    }
    // Re-inserted so that the map's order is the order of last use.
    this.pools.set(key, pool);
    return pool;
  }

  async close(): Promise<void> {
    clearInterval(this.sweep);
    await Promise.all([...this.pools.values()].map((pool) => pool.close()));
    this.host.cgroups?.close();
    this.host.gateways.close();
  }

  private interpreterFor(spec: ProcessSpec): Interpreter {
    if (spec.language === "node") return this.host.node;
    const wanted = spec.interpreter;
    const found = this.host.pythons.find((python) => wanted === null || minorOf(python.version) === wanted);
    if (found) return found;
    const reason = this.host.pythonReason ?? `Python ${wanted} is not installed on this machine.`;
    throw supervisorError("sandboxUnavailable", reason);
  }

  private evict(): void {
    const now = Date.now();
    for (const [key, pool] of this.pools) {
      pool.evictIdle(now);
      if (pool.isIdle && pool.size === 0) this.pools.delete(key);
    }
    this.makeRoom();
  }

  private makeRoom(): void {
    let total = 0;
    for (const pool of this.pools.values()) total += pool.size;
    for (const pool of this.pools.values()) {
      while (total > this.maxProcesses && pool.evictOne()) total--;
      if (total <= this.maxProcesses) return;
    }
  }
}

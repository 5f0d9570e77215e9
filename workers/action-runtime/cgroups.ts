import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { claimPlace, distinct, eachFolder, type Place, removeFolder } from "./cgroup-places";
import type { ProcessLimits } from "./resource-limits";

const cpuPeriodUs = 100_000;
const removal = { attempts: 20, retryMs: 500 };

/** The kernel's limits for the processes of one sandbox. */
export class Cgroup {
  constructor(private readonly folders: string[]) {}

  /** Whatever this process starts from now on is in it too. */
  add(pid: number): void {
    for (const folder of this.folders) writeFileSync(join(folder, "cgroup.procs"), String(pid));
  }

  /** How many of its processes the kernel has killed for want of memory. */
  oomKills(): number {
    for (const folder of this.folders) {
      for (const name of ["memory.oom_control", "memory.events"]) {
        const file = join(folder, name);
        const count = existsSync(file) && /^oom_kill (\d+)$/m.exec(readFileSync(file, "utf8"))?.[1];
        if (count) return Number(count);
      }
    }
    return 0;
  }

  /** The kernel lets go of a group some time after its last process. */
  remove(attempt = 1): void {
    const busy = this.folders.filter((folder) => !removeFolder(folder));
    if (busy.length === 0 || attempt === removal.attempts) return;
    setTimeout(() => this.remove(attempt + 1), removal.retryMs).unref();
  }
}

function writeIfThere(file: string, text: string): void {
  if (existsSync(file)) writeFileSync(file, text);
}

/** Makes a group for each sandbox. */
export class Cgroups {
  private nextName = 1;

  constructor(private readonly place: Place) {}

  /** Null where this process may not make groups, or is told not to. */
  static find(): Cgroups | null {
    if (process.platform !== "linux" || process.env.MILLRACE_CGROUPS === "off") return null;
    const place = claimPlace();
    if (!place) return null;
    const cgroups = new Cgroups(place);
    try {
      cgroups.create({ memoryBytes: 64 << 20, cpus: 1, processes: 16 }).remove();
      return cgroups;
    } catch {
      cgroups.close();
      return null;
    }
  }

  /** @throws Error when the kernel does not take a limit */
  create(limits: ProcessLimits): Cgroup {
    const name = String(this.nextName++);
    const folders = eachFolder(this.place.folders, (folder) => join(folder, name));
    for (const folder of distinct(folders)) mkdirSync(folder);
    const group = new Cgroup(distinct(folders));
    try {
      const memory = String(limits.memoryBytes);
      const quota = Math.ceil(limits.cpus * cpuPeriodUs);
      if (this.place.version === 1) {
        writeFileSync(join(folders.memory, "memory.limit_in_bytes"), memory);
        writeIfThere(join(folders.memory, "memory.memsw.limit_in_bytes"), memory);
        writeFileSync(join(folders.cpu, "cpu.cfs_period_us"), String(cpuPeriodUs));
        writeFileSync(join(folders.cpu, "cpu.cfs_quota_us"), String(quota));
      } else {
        writeFileSync(join(folders.memory, "memory.max"), memory);
        writeIfThere(join(folders.memory, "memory.swap.max"), "0");
        writeIfThere(join(folders.memory, "memory.oom.group"), "1");
        writeFileSync(join(folders.cpu, "cpu.max"), `${quota} ${cpuPeriodUs}`);
      }
      writeFileSync(join(folders.pids, "pids.max"), String(limits.processes));
      return group;
    } catch (error) {
      group.remove();
      throw error;
    }
  }

  close(): void {
    for (const folder of distinct(this.place.folders)) removeFolder(folder);
  }
}

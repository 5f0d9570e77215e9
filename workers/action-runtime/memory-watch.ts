import { readdirSync, readFileSync, readlinkSync } from "node:fs";

const intervalMs = 250;
const pageBytes = 4096;

/** What a process takes for itself, its share of what it shares included; all of that where the share is not told. */
function memoryOf(pid: string): number {
  try {
    const share = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
    if (share) return Number(share) * 1024;
  } catch {
    // Another user's process, or it has ended.
  }
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1] ?? 0) * pageBytes;
  } catch {
    return 0;
  }
}

function pidNamespaceOf(pid: string | number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return null;
  }
}

function processGroupOf(pid: string): string | null {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    return status.slice(status.lastIndexOf(")") + 2).split(" ")[2] ?? null;
  } catch {
    return null;
  }
}

interface Watched {
  group: string;
  measured: (bytes: number) => void;
}

/** Adds up what sandboxes take, where the kernel does not: those with a call under way, four times a second. */
class MemoryWatch {
  private readonly watched = new Set<Watched>();
  private timer: NodeJS.Timeout | undefined;

  /**
   * `innerPid` is the first process of a pid namespace of its own, or minus a process group.
   * @returns what ends the watch
   */
  add(innerPid: number, measured: (bytes: number) => void): () => void {
    const group = innerPid < 0 ? String(-innerPid) : pidNamespaceOf(innerPid);
    if (group === null) return () => {};
    const entry = { group, measured };
    this.watched.add(entry);
    this.timer ??= setInterval(() => this.look(), intervalMs);
    return () => {
      this.watched.delete(entry);
      if (this.watched.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  }

  private look(): void {
    const bytes = new Map([...this.watched].map(({ group }) => [group, 0]));
    const own = pidNamespaceOf("self");
    for (const pid of readdirSync("/proc")) {
      if (!/^\d+$/.test(pid)) continue;
      const namespace = pidNamespaceOf(pid);
      const group = namespace !== null && namespace !== own ? namespace : processGroupOf(pid);
      const before = group === null ? undefined : bytes.get(group);
      if (group !== null && before !== undefined) bytes.set(group, before + memoryOf(pid));
    }
    for (const { group, measured } of [...this.watched]) measured(bytes.get(group) ?? 0);
  }
}

export const memoryWatch = new MemoryWatch();

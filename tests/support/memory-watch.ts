import { readFileSync } from "node:fs";
import { instance } from "./instance";

const everyMs = 50;

function residentBytes(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kibibytes) * 1024;
}

/** The processes that carry what callers send and handlers return. */
const carriers = ["web", "worker", "runnerd"];

/** By how many bytes each process grew at most while `work` was done. */
export async function growthDuring(work: () => Promise<void>): Promise<Record<string, number>> {
  const { pids } = instance();
  const watched = carriers.map((name) => {
    const pid = pids[name];
    if (!pid) throw new Error(`The instance has no ${name}.`);
    return { name, pid, before: residentBytes(pid), most: 0 };
  });
  const timer = setInterval(() => {
    for (const entry of watched) entry.most = Math.max(entry.most, residentBytes(entry.pid));
  }, everyMs);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return Object.fromEntries(watched.map(({ name, before, most }) => [name, most - before]));
}

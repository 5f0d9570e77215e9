import type { ChildProcess } from "node:child_process";
import { setPriority } from "node:os";
import type { Cgroup } from "./cgroups";
import type { Host } from "./host";
import type { ProcessLimits } from "./resource-limits";

/** Where there is no share of the processor to give, handlers come after the platform. */
const niceness = 10;

/** Makes what the kernel holds a process to and has it in before it starts anything: it waits for its first input. */
export function limitProcess(host: Host, child: ChildProcess, limits: ProcessLimits): Cgroup | null {
  if (!host.cgroups) {
    if (child.pid) setPriority(child.pid, niceness);
    return null;
  }
  const cgroup = host.cgroups.create(limits);
  if (child.pid) cgroup.add(child.pid);
  return cgroup;
}

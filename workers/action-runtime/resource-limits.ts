import { cpus, totalmem } from "node:os";
import type { ActionInterface } from "@/lib/actions/interface";

/** What one warm process may take of its machine. */
export interface ProcessLimits {
  memoryBytes: number;
  /** Processor cores, in fractions. */
  cpus: number;
  /** Processes and threads of the handler. */
  processes: number;
}

const defaults: ProcessLimits = { memoryBytes: 512 << 20, cpus: 1, processes: 64 };
/** An interpreter does not start in less. */
const leastMemoryBytes = 64 << 20;
/** One action may not ask for more than this share of a machine's memory. */
const largestShare = 0.5;
/** What bubblewrap and an interpreter need for themselves before the handler starts anything. */
const ownProcesses = 16;

export function limitsOf(resources: ActionInterface["resources"]): ProcessLimits {
  return {
    memoryBytes: resources.memoryBytes ?? defaults.memoryBytes,
    cpus: resources.cpu ?? defaults.cpus,
    processes: defaults.processes,
  };
}

/** What this machine gives of what was asked for. */
export function limitsHere(asked: ProcessLimits): ProcessLimits {
  const most = Math.max(defaults.memoryBytes, Math.floor(totalmem() * largestShare));
  return {
    memoryBytes: Math.max(leastMemoryBytes, Math.min(asked.memoryBytes, most)),
    cpus: Math.min(asked.cpus, cpus().length),
    processes: asked.processes + ownProcesses,
  };
}

/** What `/tmp` holds, whatever an action asks for. */
export const tmpBytes = 64 << 20;

/** Scratch space is memory: it grows with what the action asked for. */
export function workSpaceBytes(limits: ProcessLimits): number {
  return Math.max(256 << 20, Math.floor(limits.memoryBytes / 2));
}

const mebibytes = (bytes: number) => `${Math.floor(bytes / (1 << 20))} MiB`;

export function scratchSpaceMessage(given: ProcessLimits): string {
  return `its scratch space is ${mebibytes(workSpaceBytes(given))} in /work and ${mebibytes(tmpBytes)} in /tmp; /work gets half of spec.resources.memory where that is more`;
}

export function outOfMemoryMessage(given: ProcessLimits, asked: ProcessLimits): string {
  const advice =
    given.memoryBytes < asked.memoryBytes
      ? `it asks for ${mebibytes(asked.memoryBytes)}, and this machine gives no more`
      : "raise spec.resources.memory in its metadata";
  return `The handler was stopped: it needed more than its ${mebibytes(given.memoryBytes)} of memory (${advice}).`;
}

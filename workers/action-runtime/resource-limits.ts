import { cpus, totalmem } from "node:os";
import type { ActionInterface } from "@/lib/actions/interface";
import { formatLimit } from "@/lib/limits/limit-text";
import type { Limits } from "@/lib/limits/names";

/** What one warm process may take of its machine. */
export interface ProcessLimits {
  memoryBytes: number;
  /** Processor cores, in fractions. */
  cpus: number;
  /** Processes and threads of the handler. */
  processes: number;
  /** The action asks for more memory than its project may give. */
  isMemoryCapped?: true;
}

const defaults: ProcessLimits = { memoryBytes: 512 << 20, cpus: 1, processes: 64 };
const defaultTimeLimitMs = 15 * 60_000;
/** An interpreter does not start in less. */
const leastMemoryBytes = 64 << 20;
/** One action may not ask for more than this share of a machine's memory. */
const largestShare = 0.5;
/** What bubblewrap and an interpreter need for themselves before the handler starts anything. */
const ownProcesses = 16;

/** What a project may give one call; nothing caps what is run on its author's own machine. */
export type ResourceCaps = Pick<Limits, "memoryBytes" | "cpus" | "processes" | "callSeconds">;

/** What an action asks for, as far as its project may give it. */
export function limitsOf(resources: ActionInterface["resources"], caps?: ResourceCaps): ProcessLimits {
  const asked = { memoryBytes: resources.memoryBytes ?? defaults.memoryBytes, cpus: resources.cpu ?? defaults.cpus };
  if (!caps) return { ...asked, processes: defaults.processes };
  return {
    memoryBytes: Math.min(asked.memoryBytes, caps.memoryBytes),
    cpus: Math.min(asked.cpus, caps.cpus),
    processes: caps.processes,
    ...(asked.memoryBytes > caps.memoryBytes && { isMemoryCapped: true as const }),
  };
}

/** How long a call may take, in milliseconds. */
export function timeLimitOf(askedMs: number | undefined, caps: ResourceCaps): number {
  return Math.min(askedMs ?? defaultTimeLimitMs, caps.callSeconds * 1000);
}

/** What an action asks for in its metadata and its project does not give, in words for its log. */
export function describeCaps(resources: ActionInterface["resources"], caps: ResourceCaps): string[] {
  const wants = [
    ["memoryBytes", resources.memoryBytes, "of memory"],
    ["cpus", resources.cpu, "processor cores"],
    ["callSeconds", resources.timeLimitMs && resources.timeLimitMs / 1000, "of time"],
  ] as const;
  return wants.flatMap(([name, asked, what]) =>
    asked !== undefined && asked > caps[name]
      ? [
          `The action asks for ${formatLimit(name, asked)} ${what}; the project's limit ${name} gives it ${formatLimit(name, caps[name])}.`,
        ]
      : [],
  );
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
  const advice = asked.isMemoryCapped
    ? "it asks for more, and the project's limit memoryBytes gives no more"
    : given.memoryBytes < asked.memoryBytes
      ? `it asks for ${mebibytes(asked.memoryBytes)}, and this machine gives no more`
      : "raise spec.resources.memory in its metadata";
  return `The handler was stopped: it needed more than its ${mebibytes(given.memoryBytes)} of memory (${advice}).`;
}

import type { Cgroup } from "./cgroups";
import { memoryWatch } from "./memory-watch";
import { type RuntimeError, supervisorError } from "./protocol";
import { outOfMemoryMessage, type ProcessLimits, scratchSpaceMessage } from "./resource-limits";

const intervalMs = 250;
const exhaustedHeap = /out of memory|Allocation failed|bad_alloc/;
/** How an interpreter ends that got no memory before it could say so. */
const crashes = ["SIGABRT", "SIGSEGV", "SIGILL", "SIGTRAP"];
/** A crash with less of its memory taken has another reason. */
const crashShare = 0.5;
const fullDisk = /No space left on device|File too large|ENOSPC|EFBIG/;
const refusedAllocation = /allocation failed|out of memory/i;

/** Knows when one sandbox has come to the end of its memory, whoever noticed: the kernel, V8, Python or the watch. */
export class MemoryGuard {
  private heapWasExhausted = false;
  private mostBytes = 0;

  constructor(
    private readonly cgroup: Cgroup | null,
    private readonly given: ProcessLimits,
    private readonly asked: ProcessLimits,
  ) {}

  /** What the interpreter itself says before it aborts. */
  note(text: string): void {
    this.heapWasExhausted ||= exhaustedHeap.test(text);
  }

  /** A process that ended by itself, `how` as `describeExit` has it: whether it was for want of memory. */
  isCauseOfEnd(how: string): boolean {
    if (this.heapWasExhausted || (this.cgroup?.oomKills() ?? 0) > 0) return true;
    return crashes.includes(how) && this.mostBytes > this.given.memoryBytes * crashShare;
  }

  /** What a handler raised when it was refused memory, or after a program of its was killed for it. */
  isCauseOf(err: RuntimeError): boolean {
    if (err.class === "MemoryError" || err.class === "_ArrayMemoryError") return true;
    if (err.class === "RangeError" && refusedAllocation.test(err.message)) return true;
    return (this.cgroup?.oomKills() ?? 0) > 0;
  }

  /** What a handler's complaint of a full disk is about. */
  scratchHint({ message, code }: RuntimeError): string | undefined {
    const isFull = fullDisk.test(message) || code === "ENOSPC" || code === "EFBIG";
    return isFull ? scratchSpaceMessage(this.given) : undefined;
  }

  error(): RuntimeError {
    return supervisorError("outOfMemory", outOfMemoryMessage(this.given, this.asked));
  }

  /** Watches for as long as a call lasts. The kernel may have killed one process of many: the rest is no use. */
  watch(innerPid: number | null, exceeded: () => void): () => void {
    const { cgroup } = this;
    if (!cgroup)
      return innerPid === null ? () => {} : memoryWatch.add(innerPid, (bytes) => this.measure(bytes, exceeded));
    const timer = setInterval(() => {
      if (cgroup.oomKills() > 0) exceeded();
    }, intervalMs);
    return () => clearInterval(timer);
  }

  private measure(bytes: number, exceeded: () => void): void {
    this.mostBytes = Math.max(this.mostBytes, bytes);
    if (bytes > this.given.memoryBytes) exceeded();
  }
}

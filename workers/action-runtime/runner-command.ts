import type { Host } from "./host";
import type { Language } from "./protocol";
import { type ProcessLimits, workSpaceBytes } from "./resource-limits";

export const runnerFiles: Record<Language, string> = { python: "python/runner.py", node: "node/runner.cjs" };

const maxOpenFiles = 256;
/** V8 collects its garbage before the kernel finds the process too large. */
const heapShare = 0.75;

/** What each process of the handler is held to. */
function processLimits(host: Host, limits: ProcessLimits, ownUsers: boolean): string[] {
  if (!host.prlimit) return [];
  return [
    host.prlimit,
    `--nofile=${maxOpenFiles}`,
    "--core=0",
    `--fsize=${workSpaceBytes(limits)}`,
    // The kernel counts by user: outside of a user namespace one sandbox's processes would stop another's.
    ...(ownUsers ? [`--nproc=${limits.processes}`] : []),
    ...(host.cgroups ? [] : [`--data=${limits.memoryBytes}`]),
  ];
}

export interface RunnerCommand {
  language: Language;
  /** The interpreter and the runner as the sandbox sees them. */
  program: string;
  runner: string;
  limits: ProcessLimits;
  ownUsers: boolean;
  /** What the interpreter is started by, once its limits are set. */
  wrapper?: string[];
}

export function runnerCommand(host: Host, command: RunnerCommand): string[] {
  const { language, program, runner, limits, ownUsers, wrapper = [] } = command;
  const flags =
    language === "python"
      ? ["-I", "-S", "-X", "utf8"]
      : [
          "--disable-warning=ExperimentalWarning",
          `--max-old-space-size=${Math.floor((limits.memoryBytes * heapShare) / (1 << 20))}`,
        ];
  return [...processLimits(host, limits, ownUsers), ...wrapper, program, ...flags, runner];
}

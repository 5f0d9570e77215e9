import { join } from "node:path";
import { findProgram } from "@/workers/action-runtime/host";

/** What an operator may tell runnerd. */
const passedOn = ["PATH", "HOME", "LANG", "MILLRACE_SANDBOX_LEVEL", "MILLRACE_CGROUPS"];

// Descriptors that the launcher itself inherited must not reach a sandbox.
const closeInherited = 'for n in 3 4 5 6 7 8 9; do eval "exec $n>&-"; done; exec "$@"';

export interface RunnerdCommand {
  command: string;
  args: string[];
  environment: NodeJS.ProcessEnv;
}

/** How runnerd is started: it gets nothing of ours, no secret, no database, no Temporal. */
export function runnerdCommand(dist: string, args: string[]): RunnerdCommand {
  const unshare = process.getuid?.() === 0 && process.platform === "linux" ? findProgram("unshare") : null;
  const mounts = unshare ? [unshare, "--mount", "--propagation", "private"] : [];
  const environment: NodeJS.ProcessEnv = { NODE_ENV: "production", ...(unshare && { MILLRACE_PRIVATE_MOUNTS: "1" }) };
  for (const name of passedOn) if (process.env[name]) environment[name] = process.env[name];
  return {
    command: "/bin/sh",
    args: ["-c", closeInherited, "sh", ...mounts, process.execPath, join(dist, "runnerd.mjs"), ...args],
    environment,
  };
}

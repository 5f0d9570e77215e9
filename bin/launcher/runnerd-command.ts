import { join } from "node:path";
import { inPrivateMounts, privateMountsVariable } from "@/workers/action-runtime/private-mounts";

/** What an operator may tell runnerd. */
const passedOn = [
  ...["PATH", "HOME", "LANG", "MILLRACE_SANDBOX_LEVEL", "MILLRACE_CGROUPS"],
  ...["MILLRACE_PRIVATE_NETWORKS", "MILLRACE_FOLDERS"],
];

// Descriptors that the launcher itself inherited: runnerd closes what is beyond them, and programs before it have none.
const closeInherited = 'for n in 3 4 5 6 7 8 9; do eval "exec $n>&-"; done; exec "$@"';

export interface RunnerdCommand {
  command: string;
  args: string[];
  environment: NodeJS.ProcessEnv;
}

/**
 * How runnerd is started: it gets nothing of ours, no secret, no database, no Temporal.
 * `guarded`: `host:port` of what no handler may reach, whatever is granted.
 */
export function runnerdCommand(dist: string, args: string[], guarded: string[]): RunnerdCommand {
  const program = [process.execPath, join(dist, "runnerd.mjs"), ...args];
  const apart = inPrivateMounts(program);
  const environment: NodeJS.ProcessEnv = { NODE_ENV: "production", ...(apart && { [privateMountsVariable]: "1" }) };
  environment.MILLRACE_GUARDED_ENDPOINTS = guarded.join(",");
  for (const name of passedOn) if (process.env[name]) environment[name] = process.env[name];
  return { command: "/bin/sh", args: ["-c", closeInherited, "sh", ...(apart ?? program)], environment };
}

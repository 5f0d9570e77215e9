import { spawn } from "node:child_process";
import { once } from "node:events";
import { inPrivateMounts, privateMountsVariable } from "@/workers/action-runtime/private-mounts";

/**
 * Runs this very command again where root's sandboxes reach the folders they need, as the launcher does for runnerd.
 * Null when it already does, or need not; else the exit status it ended with.
 */
export function runInPrivateMounts(): Promise<number> | null {
  if (process.env[privateMountsVariable] === "1") return null;
  const [program = "", ...args] =
    inPrivateMounts([process.execPath, ...process.execArgv, ...process.argv.slice(1)]) ?? [];
  if (!program) return null;
  const child = spawn(program, args, { stdio: "inherit", env: { ...process.env, [privateMountsVariable]: "1" } });
  return once(child, "close").then(([status]) => (status as number | null) ?? 1);
}

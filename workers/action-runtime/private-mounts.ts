import { findProgram } from "./program";

/** Set for a process that `inPrivateMounts` started: what it mounts, nobody outside sees. */
export const privateMountsVariable = "MILLRACE_PRIVATE_MOUNTS";

/**
 * The command line that runs `command` in a mount namespace of its own, or null where that cannot be had. What the machine
 * mounts later is seen there, too.
 * Only root's sandboxes need one: they run as other users, who cannot pass root's closed folders.
 */
export function inPrivateMounts(command: string[]): string[] | null {
  if (process.getuid?.() !== 0 || process.platform !== "linux") return null;
  const unshare = findProgram("unshare");
  return unshare ? [unshare, "--mount", "--propagation", "slave", ...command] : null;
}

/** Kills all of a sandbox by the first process of its pid namespace, or by minus a process group. */
export function killInside(pid: number | null): void {
  if (pid === null) return;
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Already gone.
  }
}

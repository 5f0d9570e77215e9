const signalNames: Record<number, string> = {
  6: "SIGABRT",
  9: "SIGKILL",
  11: "SIGSEGV",
  4: "SIGILL",
  5: "SIGTRAP",
  8: "SIGFPE",
  15: "SIGTERM",
  25: "SIGXFSZ",
};

/** bubblewrap reports a child's signal as 128 + its number. */
export function describeExit(code: number | null, exitSignal: NodeJS.Signals | null): string {
  if (exitSignal) return exitSignal;
  if (code !== null && code > 128) return signalNames[code - 128] ?? `signal ${code - 128}`;
  return `exit status ${code ?? "unknown"}`;
}

/** The last line that was written is the reason, where there is one. */
export function describeFailedStart(how: string, written: string): string {
  const hint = written.trim().split("\n").at(-1);
  return `The handler's process could not start (${how})${hint ? `: ${hint}` : ""}`;
}

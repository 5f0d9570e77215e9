import type { LogLevel } from "./log-level";

/** How the levels of log lines are called and coloured. */
export const levelLooks: Record<LogLevel, { one: string; many: string; text: string; dot: string }> = {
  error: { one: "error", many: "Errors", text: "text-failed", dot: "bg-failed" },
  warning: { one: "warning", many: "Warnings", text: "text-warning", dot: "bg-warning" },
  info: { one: "info line", many: "Info", text: "text-ink", dot: "bg-ink-soft" },
  debug: { one: "debug line", many: "Debug", text: "text-ink-faint", dot: "bg-line-strong" },
  system: { one: "line of Millrace", many: "Millrace", text: "text-accent italic", dot: "bg-accent" },
};

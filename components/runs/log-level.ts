import type { LogLineResource } from "@/lib/runs/logs/contract";

export type LogLevel = "error" | "warning" | "debug" | "system" | "plain";

const searched = 80;

/** How loud a line is, by the word that loggers put near its beginning. Pure. */
export function levelOf({ stream, line }: Pick<LogLineResource, "stream" | "line">): LogLevel {
  if (stream === "system") return "system";
  const start = line.slice(0, searched);
  if (/\b(ERROR|CRITICAL|FATAL|Traceback)\b/.test(start) || /^\w*(Error|Exception)\b/.test(start)) return "error";
  if (/\bWARN(ING)?\b/.test(start)) return "warning";
  return /\b(DEBUG|TRACE)\b/.test(start) ? "debug" : "plain";
}

import type { LogLineResource } from "@/lib/runs/logs/contract";

/** How loud the lines of a log are. Pure. */

/** The loudest first; `system` is what Millrace itself says. */
export const logLevels = ["error", "warning", "info", "debug", "system"] as const;
export type LogLevel = (typeof logLevels)[number];

const searched = 80;
/** In lines that are JSON or `key=value`, other keys may stand first. */
const searchedFields = 400;

/** Of Python's loggers, of syslog, of npm's; the numbers are pino's. */
const wordsOfLevel: [LogLevel, string[]][] = [
  ["error", ["error", "err", "critical", "crit", "fatal", "alert", "emerg", "panic", "50", "60"]],
  ["warning", ["warning", "warn", "40"]],
  ["info", ["info", "notice", "30"]],
  ["debug", ["debug", "trace", "verbose", "silly", "10", "20"]],
];
const levelOfWord = new Map(wordsOfLevel.flatMap(([level, words]) => words.map((word) => [word, level] as const)));

/** `{"level":"warn"`, `"severity": "ERROR"`, pino's `"level":50`, `level=error`. */
const fieldPattern = /(?:level|levelname|severity)(?:"\s*:\s*|=)"?(\w+)/;
/** `weather.CityError: …`, `[error] …`, `warn: …` */
const leadingPattern = /^(?:[\w.]*(Error|Exception)\b|\[([A-Za-z]+)\]|([A-Za-z]+):)/;
const shoutedPattern = /\b(ERROR|CRITICAL|FATAL|WARNING|WARN|INFO|DEBUG|TRACE)\b/;

const levelNamed = (word: string | undefined) => (word === undefined ? undefined : levelOfWord.get(word.toLowerCase()));

/** The level that a line names by itself, by the word that loggers put near its beginning; null where there is none. */
function ownLevel(line: string): LogLevel | null {
  const leading = leadingPattern.exec(line);
  if (leading?.[1]) return "error";
  return (
    levelNamed(fieldPattern.exec(line.slice(0, searchedFields))?.[1]) ??
    levelNamed(leading?.[2] ?? leading?.[3]) ??
    levelNamed(shoutedPattern.exec(line.slice(0, searched))?.[1]) ??
    null
  );
}

/** What goes on with the line before it: what is indented or empty, what closes brackets, what joins two tracebacks. */
const continuation = /^(?:\s|$|[\])}]+[,;]?$|(?:During handling of|The above exception was)\b)/;
const traceback = /^\s*(?:\+ )?(?:Exception Group )?Traceback \(most recent call last\)/;

interface Voice {
  level: LogLevel;
  /** Its frames are read, whatever their source lines say. */
  isInTraceback: boolean;
}

/**
 * Reads the levels of a log's lines in their order. A line that goes on with the one before it (a traceback's frames,
 * the rest of what was printed over several lines) has that one's level, even where lines of other steps stand between.
 */
export class LevelReader {
  private readonly voices = new Map<string, Voice>();

  next({ node, attempt, stream, line }: Pick<LogLineResource, "node" | "attempt" | "stream" | "line">): LogLevel {
    if (stream === "system") return "system";
    const key = `${node} ${attempt} ${stream}`;
    const before = this.voices.get(key);
    const voice = heard(line, before);
    if (voice !== before) this.voices.set(key, voice);
    return voice.level;
  }
}

function heard(line: string, before: Voice | undefined): Voice {
  if (traceback.test(line)) return { level: "error", isInTraceback: true };
  if (before && continuation.test(line)) {
    const own = before.isInTraceback ? null : ownLevel(line);
    return own === null || own === before.level ? before : { level: own, isInTraceback: false };
  }
  // The first line after the frames is the exception itself, whatever it is called.
  const level = before?.isInTraceback ? "error" : (ownLevel(line) ?? "info");
  return before && !before.isInTraceback && before.level === level ? before : { level, isInTraceback: false };
}

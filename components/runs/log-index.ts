import type { LogLineResource } from "@/lib/runs/logs/contract";
import { LevelReader, type LogLevel, logLevels } from "./log-level";
import { patternOf } from "./search-pattern";

export interface LogFilter {
  /** What lines must hold, in capitals or not; empty for any. */
  text: string;
  /** Those that are shown; none chosen shows all. */
  levels: readonly LogLevel[];
}

export interface LogView {
  /** Places of the shown lines in the log, growing in place; null where all are shown. */
  places: readonly number[] | null;
  /** How many are shown. */
  total: number;
  /** How many lines there are of each level, shown or not. */
  counts: Readonly<Record<LogLevel, number>>;
  hasRetries: boolean;
}

/**
 * What of a growing log is shown. Each line's level is read once; a filter looks at each line once, and then only at
 * those that were added. Pure but for what it remembers.
 */
export class LogIndex {
  private readonly levels: LogLevel[] = [];
  private readonly reader = new LevelReader();
  private readonly counts = Object.fromEntries(logLevels.map((level) => [level, 0])) as Record<LogLevel, number>;
  private hasRetries = false;
  private filterKey = "";
  private places: number[] = [];
  private filtered = 0;

  constructor(private readonly lines: readonly LogLineResource[]) {}

  /** The level of a line that has been read. */
  levelAt(place: number): LogLevel {
    return this.levels[place] ?? "info";
  }

  /** @param count how many lines there are by now: `lines` grows in place */
  read(count: number, filter: LogFilter): LogView {
    this.readLevels(count);
    const known = { counts: { ...this.counts }, hasRetries: this.hasRetries };
    if (filter.text === "" && filter.levels.length === 0) return { places: null, total: count, ...known };
    this.extend(count, filter);
    return { places: this.places, total: this.places.length, ...known };
  }

  private readLevels(count: number): void {
    for (let place = this.levels.length; place < count; place++) {
      const line = this.lines[place];
      if (!line) return;
      const level = this.reader.next(line);
      this.levels.push(level);
      this.counts[level]++;
      if (line.attempt > 1) this.hasRetries = true;
    }
  }

  private extend(count: number, { text, levels }: LogFilter): void {
    const key = `${levels.join()} ${text}`;
    if (key !== this.filterKey) {
      this.filterKey = key;
      this.places = [];
      this.filtered = 0;
    }
    const chosen = new Set(levels.length > 0 ? levels : logLevels);
    const pattern = patternOf(text);
    for (; this.filtered < count; this.filtered++) {
      if (!chosen.has(this.levelAt(this.filtered))) continue;
      if (pattern.test(this.lines[this.filtered]?.line ?? "")) this.places.push(this.filtered);
    }
  }
}

import type { LogLineResource } from "@/lib/runs/logs/contract";

export interface LogPage {
  items: LogLineResource[];
  cursor: string | null;
  ended: boolean;
}

export type FetchLogPage = (cursor: string | undefined, limit: number) => Promise<LogPage>;

/** Little at first, so that something stands there at once; then as much as one answer may hold. */
const firstPageLines = 1_000;
const pageLines = 10_000;

export interface LogState {
  lines: readonly LogLineResource[];
  /** How many there are: `lines` grows in place, and this says so. */
  count: number;
  isLoading: boolean;
  /** It has been read to where it ended for now, and goes on. */
  isFollowed: boolean;
  hasEnded: boolean;
  error: Error | null;
}

/**
 * A log that is read page by page to where it ends for now, and on from there whenever it is told to look again. Lines
 * of steps that run side by side may be written late, before the place that was read last: a log that was followed is
 * read once more when it has ended.
 */
export class RunLog {
  private lines: LogLineResource[] = [];
  private cursor: string | undefined;
  private wasFollowed = false;
  private isLoading = false;
  private wantsMore = false;
  private hasEnded = false;
  private error: Error | null = null;
  private readonly listeners = new Set<() => void>();
  private state: LogState = {
    lines: [],
    count: 0,
    isLoading: true,
    isFollowed: false,
    hasEnded: false,
    error: null,
  };

  constructor(private readonly fetchPage: FetchLogPage) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): LogState => this.state;

  /** Reads what has been added. While that goes on, one more call is remembered and no further ones. */
  readonly look = async (): Promise<void> => {
    if (this.hasEnded) return;
    if (this.isLoading) {
      this.wantsMore = true;
      return;
    }
    this.isLoading = true;
    this.error = null;
    this.publish();
    try {
      do {
        this.wantsMore = false;
        await this.readToEnd();
      } while (this.wantsMore && !this.hasEnded);
    } catch (error) {
      this.error = error instanceof Error ? error : new Error(String(error));
    }
    this.isLoading = false;
    this.publish();
  };

  private async readToEnd(): Promise<void> {
    for (;;) {
      const limit = this.cursor === undefined ? firstPageLines : pageLines;
      const page = await this.fetchPage(this.cursor, limit);
      for (const line of page.items) this.lines.push(line);
      this.cursor = page.cursor ?? undefined;
      if (page.ended) {
        if (this.wasFollowed) return this.readAnew();
        this.hasEnded = true;
        return;
      }
      if (page.items.length < limit) {
        this.wasFollowed = true;
        return;
      }
      this.publish();
    }
  }

  private async readAnew(): Promise<void> {
    const all = new RunLog(this.fetchPage);
    await all.look();
    if (all.error) throw all.error;
    this.lines = all.lines;
    this.hasEnded = true;
  }

  private publish(): void {
    const { lines, isLoading, hasEnded, error } = this;
    const isFollowed = this.wasFollowed && !hasEnded;
    this.state = { lines, count: lines.length, isLoading, isFollowed, hasEnded, error };
    for (const listener of this.listeners) listener();
  }
}

import { createParser, type EventSourceMessage } from "eventsource-parser";
import { isProjectChange, type ProjectChange, silenceLimitMs } from "@/lib/events/change";
import { watchProjectOperation } from "@/lib/events/operations";
import { ApiError, callRaw } from "@/lib/http/client";

export type StreamStatus = "connecting" | "open" | "lost";

export interface StreamListener {
  change: (change: ProjectChange) => void;
  /** Changes may have gone untold: everything shown must be read again. */
  missed: () => void;
  status: (status: StreamStatus) => void;
  /** The server says no: the session has ended (401) or the project is not ours to see (404). */
  refused: (error: ApiError) => void;
}

const firstPauseMs = 500;
const maxPauseMs = 30_000;

/** Half of it is chance, so that not all readers come back at once when a server has been away. */
export function pauseBefore(attempt: number, random = Math.random()): number {
  const whole = Math.min(maxPauseMs, firstPauseMs * 2 ** attempt);
  return whole / 2 + (whole / 2) * random;
}

/** A project's changes, as long as it is open: comes back by itself whenever the connection ends. */
export class EventStream {
  private aborter = new AbortController();
  private attempt = 0;
  private isStopped = false;
  private wake = () => {};

  constructor(
    private readonly projectId: string,
    private readonly listener: StreamListener,
  ) {}

  async run(): Promise<void> {
    while (!this.isStopped) {
      this.aborter = new AbortController();
      try {
        await this.readOnce();
      } catch (error) {
        if (error instanceof ApiError && error.status < 500 && error.status !== 429) {
          return this.listener.refused(error);
        }
      }
      if (this.isStopped) return;
      this.listener.status("lost");
      await this.pause(pauseBefore(this.attempt++));
    }
  }

  stop(): void {
    this.isStopped = true;
    this.aborter.abort();
    this.wake();
  }

  /** Does not wait for the end of the pause. */
  retryNow(): void {
    this.attempt = 0;
    this.wake();
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async readOnce(): Promise<void> {
    this.listener.status("connecting");
    const { signal } = this.aborter;
    const response = await callRaw(watchProjectOperation, { params: { project: this.projectId } }, { signal });
    if (!response.body) return;
    const parser = createParser({ onEvent: (event) => this.take(event) });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    this.opened();
    for (;;) {
      const { done, value } = await this.readWithin(reader);
      if (done) return;
      parser.feed(value);
    }
  }

  private opened(): void {
    this.attempt = 0;
    this.listener.status("open");
    // The first time as well: the page was made before it was listened for.
    this.listener.missed();
  }

  /** A connection that has died without a word is given up. */
  private async readWithin(reader: ReadableStreamDefaultReader<string>) {
    const timer = setTimeout(() => this.aborter.abort(), silenceLimitMs);
    try {
      return await reader.read();
    } finally {
      clearTimeout(timer);
    }
  }

  private take(event: EventSourceMessage): void {
    if (event.event === "missed") return this.listener.missed();
    if (event.event === "closed") return this.aborter.abort();
    if (event.event !== "change") return;
    const change: unknown = JSON.parse(event.data);
    if (isProjectChange(change)) this.listener.change(change);
    else this.listener.missed();
  }
}

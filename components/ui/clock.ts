"use client";
import { useSyncExternalStore } from "react";

/** One timer for everything on the page that shows how time goes by. */
class Clock {
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private now = Date.now();

  constructor(private readonly everyMs: number) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    this.timer ??= setInterval(this.tick, this.everyMs);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  };

  private readonly tick = (): void => {
    this.now = Date.now();
    for (const listener of this.listeners) listener();
  };

  /** Stays the same between ticks, as React asks; a page that had no clock running gets the time anew. */
  readonly read = (): number => {
    if (!this.timer) this.now = Math.floor(Date.now() / this.everyMs) * this.everyMs;
    return this.now;
  };
}

const slow = new Clock(15_000);
const fast = new Clock(100);

/** Now, to a quarter of a minute. */
export function useSlowNow(): number {
  return useSyncExternalStore(slow.subscribe, slow.read, slow.read);
}

const never = () => () => {};

/** Now, to a tenth of a second while `isRunning`. */
export function useFastNow(isRunning: boolean): number {
  return useSyncExternalStore(isRunning ? fast.subscribe : never, fast.read, fast.read);
}

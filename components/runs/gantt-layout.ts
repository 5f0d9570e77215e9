import type { RunDetail, StepResource } from "@/lib/runs/contract";

/** Where a run's steps lie in time. Pure. */

export interface GanttBar {
  /** Parts of the whole, 0 to 1. */
  left: number;
  width: number;
  state: StepResource["state"];
  attempt: number;
}

export interface GanttRow {
  step: StepResource;
  /** Earlier attempts first; none before the step has begun. */
  bars: GanttBar[];
}

export interface Gantt {
  rows: GanttRow[];
  ticks: { at: number; milliseconds: number }[];
  totalMs: number;
}

const wantedTicks = 5;

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
/** From ten seconds on, what clocks divide an hour and a day by. */
const clockSteps = [10 * second, 15 * second, 30 * second].concat(
  [1, 2, 5, 10, 15, 30].map((count) => count * minute),
  [1, 2, 3, 6, 12, 24].map((count) => count * hour),
);

function stepOf(totalMs: number): number {
  const rough = totalMs / wantedTicks;
  if (rough > 5 * second) return clockSteps.find((candidate) => candidate >= rough) ?? Math.ceil(rough / hour) * hour;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough;
}

/** Round times that divide the whole. */
export function ticksOf(totalMs: number): Gantt["ticks"] {
  if (totalMs <= 0) return [];
  const step = stepOf(totalMs);
  const ticks: Gantt["ticks"] = [];
  for (let milliseconds = 0; milliseconds <= totalMs * 0.97; milliseconds += step) {
    ticks.push({ at: milliseconds / totalMs, milliseconds });
  }
  return ticks;
}

const time = (text: string) => new Date(text).getTime();

export function layOutGantt(run: RunDetail, now: number): Gantt {
  const start = time(run.createdAt);
  const ends = run.steps.flatMap((step) => (step.finishedAt ? [time(step.finishedAt)] : []));
  const end = run.finishedAt ? Math.max(time(run.finishedAt), ...ends) : Math.max(now, start, ...ends);
  const totalMs = Math.max(1, end - start);
  const bar = (from: string | null, to: string | null, state: StepResource["state"], attempt: number): GanttBar[] => {
    if (!from) return [];
    const left = Math.min(1, Math.max(0, (time(from) - start) / totalMs));
    const right = Math.min(1, ((to ? time(to) : end) - start) / totalMs);
    return [{ left, width: Math.max(0, right - left), state, attempt }];
  };
  const rows = run.steps.map((step) => ({
    step,
    bars: [
      ...step.earlierAttempts.flatMap((attempt) =>
        bar(attempt.startedAt, attempt.finishedAt, "failed", attempt.attempt),
      ),
      ...bar(step.startedAt, step.finishedAt, step.state, step.attempts),
    ],
  }));
  return { rows, ticks: ticksOf(totalMs), totalMs };
}

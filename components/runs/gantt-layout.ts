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

/** Round numbers of milliseconds that divide the whole. */
export function ticksOf(totalMs: number): Gantt["ticks"] {
  if (totalMs <= 0) return [];
  const rough = totalMs / wantedTicks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough;
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

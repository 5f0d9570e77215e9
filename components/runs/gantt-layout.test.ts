import { expect, it } from "vitest";
import type { RunDetail, StepResource } from "@/lib/runs/contract";
import { layOutGantt, ticksOf } from "./gantt-layout";

const at = (milliseconds: number) => new Date(1_000_000 + milliseconds).toISOString();

function step(node: string, change: Partial<StepResource>): StepResource {
  return {
    node,
    name: node,
    action: "a@1",
    kind: "action",
    state: "completed",
    attempts: 1,
    inputs: null,
    outputs: null,
    error: null,
    isolation: null,
    startedAt: null,
    finishedAt: null,
    durationMs: null,
    progress: null,
    earlierAttempts: [],
    ...change,
  };
}

function run(steps: StepResource[], finishedAt: string | null): RunDetail {
  return {
    id: "r",
    state: finishedAt ? "completed" : "running",
    workflow: { id: "w", name: "W" },
    version: 1,
    source: "http",
    createdAt: at(0),
    startedAt: at(0),
    finishedAt,
    durationMs: null,
    cancelRequested: false,
    http: null,
    error: null,
    inputs: {},
    outputs: null,
    resultLink: null,
    keyName: null,
    replayOf: null,
    startedBy: null,
    started: [],
    steps,
  };
}

it("lays steps side by side on the run's own time", () => {
  const steps = [
    step("a", { startedAt: at(0), finishedAt: at(250) }),
    step("b", { startedAt: at(250), finishedAt: at(1_000) }),
    step("c", { startedAt: at(250), finishedAt: at(500) }),
  ];
  const { rows, totalMs } = layOutGantt(run(steps, at(1_000)), 0);
  expect(totalMs).toBe(1_000);
  expect(rows.map((row) => row.bars[0])).toEqual([
    { left: 0, width: 0.25, state: "completed", attempt: 1 },
    { left: 0.25, width: 0.75, state: "completed", attempt: 1 },
    { left: 0.25, width: 0.25, state: "completed", attempt: 1 },
  ]);
});

it("lets a running step reach up to now", () => {
  const [row] = layOutGantt(run([step("a", { state: "running", startedAt: at(500) })], null), 1_000_000 + 2_000).rows;
  expect(row?.bars).toEqual([{ left: 0.25, width: 0.75, state: "running", attempt: 1 }]);
});

it("shows earlier attempts as failures before the last one, and nothing for a step that has not begun", () => {
  const retried = step("a", {
    attempts: 2,
    startedAt: at(600),
    finishedAt: at(1_000),
    earlierAttempts: [{ attempt: 1, error: null, startedAt: at(0), finishedAt: at(200) }],
  });
  const { rows } = layOutGantt(run([retried, step("b", { state: "queued" })], at(1_000)), 0);
  expect(rows[0]?.bars.map((bar) => [bar.state, bar.attempt])).toEqual([
    ["failed", 1],
    ["completed", 2],
  ]);
  expect(rows[1]?.bars).toEqual([]);
});

it("marks round times", () => {
  expect(ticksOf(1_000).map((tick) => tick.milliseconds)).toEqual([0, 200, 400, 600, 800]);
  expect(ticksOf(73).map((tick) => tick.milliseconds)).toEqual([0, 20, 40, 60]);
  expect(ticksOf(0)).toEqual([]);
});

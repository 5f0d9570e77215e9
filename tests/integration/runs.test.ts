import { beforeAll, describe, expect, it } from "vitest";
import type { RunDetail } from "@/lib/runs/contract";
import { TestProject } from "../support/project";
import { logsOf } from "../support/step";
import { until } from "../support/wait";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode(
    {
      id: "append",
      inputs: {
        text: { type: "string", optional: true },
        more: { type: "string", optional: true },
        own: { type: "string", default_value: "." },
      },
      outputs: { text: "string" },
      code: "def handle(i): return {'text': (i['text'] or '') + (i['more'] or '') + i['own']}\n",
    },
    {
      id: "meet",
      inputs: { seconds: "float" },
      outputs: { from: "float", to: "float" },
      code: "import time\ndef handle(i):\n    start = time.time()\n    time.sleep(i['seconds'])\n    return {'from': start, 'to': time.time()}\n",
    },
    {
      id: "sum-up",
      inputs: { a: "string", b: "string" },
      outputs: { text: "string" },
      code: "def handle(i): return {'text': i['a'] + '|' + i['b']}\n",
    },
    {
      id: "fail",
      inputs: { seconds: "float" },
      code: "import time\ndef handle(i):\n    time.sleep(i['seconds'])\n    raise ValueError('no')\n",
    },
    {
      id: "talk",
      code: "import time\ndef handle(i):\n    for n in range(30):\n        print('tick', n, flush=True)\n        time.sleep(0.2)\n",
    },
  );
});

const finished = async (id: string, input = {}) => project.endedRun((await project.start(id, input, 30)).id);
const stepOf = (run: RunDetail, node: string) => {
  const step = run.steps.find((candidate) => candidate.node === node);
  if (!step) throw new Error(`The run has no step ${node}.`);
  return step;
};

describe("a graph", () => {
  it.concurrent("joins what ran side by side, and passes outputs on to any step downstream", async () => {
    const { id } = await project.deployManual({
      name: "Diamond",
      inputs: { start: "string" },
      steps: {
        top: { use: "append", with: { text: "=api.start", own: "T" } },
        left: { use: "append", with: { text: "=top.text", own: "L" }, after: ["top"] },
        right: { use: "append", with: { text: "=top.text", own: "R" }, after: ["top"] },
        join: { use: "sum-up", with: { a: "=left.text", b: "=right.text" }, after: ["left", "right"] },
        // Reads the trigger and the top past what lies between.
        last: { use: "append", with: { text: "=join.text", more: "=top.text", own: "!" }, after: ["join"] },
      },
      results: { joined: "join.text", last: "last.text", start: "api.start" },
    });
    const run = await finished(id, { start: "s" });
    expect(run.outputs).toEqual({ joined: "sTL|sTR", last: "sTL|sTRsT!", start: "s" });
    const join = stepOf(run, "join");
    for (const node of ["left", "right"])
      expect(Date.parse(stepOf(run, node).finishedAt ?? "")).toBeLessThanOrEqual(Date.parse(join.startedAt ?? ""));
    // However quick it is, it lasts from its first step's start.
    expect(run.startedAt).toBe(stepOf(run, "top").startedAt);
  });

  it.concurrent("runs ready steps side by side", async () => {
    const names = ["a", "b", "c", "d"];
    const { id } = await project.deployManual({
      name: "Side by side",
      steps: Object.fromEntries(names.map((name) => [name, { use: "meet", with: { seconds: 1 } }])),
      results: Object.fromEntries(
        names.flatMap((name) => [
          [`${name} from`, `${name}.from`],
          [`${name} to`, `${name}.to`],
        ]),
      ),
    });
    const outputs = (await finished(id)).outputs as Record<string, number>;
    const lastStart = Math.max(...names.map((name) => outputs[`${name} from`] ?? 0));
    const firstEnd = Math.min(...names.map((name) => outputs[`${name} to`] ?? 0));
    // There was a moment in which all four were running.
    expect(lastStart).toBeLessThan(firstEnd);
  });

  it.concurrent("of 1 → 200 → 1 gathers every branch", async () => {
    const branches = Array.from({ length: 200 }, (_, index) => `b${index}`);
    const { id } = await project.deployManual({
      name: "Fan",
      steps: {
        top: { use: "append", with: { own: "t" } },
        ...Object.fromEntries(
          branches.map((name) => [name, { use: "append", with: { text: "=top.text", own: name }, after: ["top"] }]),
        ),
        join: { use: "sum-up", with: { a: "=b0.text", b: "=b199.text" }, after: branches },
      },
      results: { text: "join.text", middle: "b100.text" },
    });
    const run = await finished(id);
    expect(run.outputs).toEqual({ text: "tb0|tb199", middle: "tb100" });
    expect(run.steps).toHaveLength(203);
    expect(new Set(run.steps.map((step) => step.state))).toEqual(new Set(["completed"]));
  }, 60_000);

  it.concurrent("of a thousand steps, twenty wide and fifty deep, ends with each executed once", async () => {
    const steps: Record<string, { use: string; with: Record<string, unknown>; after: string[] }> = {};
    const at = (layer: number, place: number) => `n${layer}-${place % 20}`;
    for (let layer = 0; layer < 50; layer++)
      for (let place = 0; place < 20; place++) {
        const after = layer === 0 ? ["api"] : [at(layer - 1, place), at(layer - 1, place + 1)];
        steps[at(layer, place)] = {
          use: "append",
          with: layer === 0 ? { own: "." } : { text: `=${at(layer - 1, place)}.text`, own: "." },
          after,
        };
      }
    const { id } = await project.deployManual({ name: "Thousand", steps, results: { text: "n49-7.text" } });
    const begun = Date.now();
    const run = await finished(id);
    expect([run.state, run.outputs]).toEqual(["completed", { text: ".".repeat(50) }]);
    expect(run.steps).toHaveLength(1_001);
    expect(new Set(run.steps.map((step) => `${step.state} ${step.attempts}`))).toEqual(new Set(["completed 1"]));
    expect(Date.now() - begun).toBeLessThan(90_000);
  }, 120_000);
});

describe("a failure", () => {
  it.concurrent("stops what runs beside it, and skips what comes after it", async () => {
    const { id } = await project.deployManual({
      name: "Fails beside",
      steps: {
        bad: { use: "fail", with: { seconds: 0.5 } },
        slow: { use: "meet", with: { seconds: 60 } },
        after: { use: "append", after: ["bad"] },
        later: { use: "append", after: ["slow"] },
      },
      results: { text: "after.text" },
    });
    const run = await finished(id);
    expect(run).toMatchObject({
      state: "failed",
      outputs: null,
      error: { type: "ValueError", message: "no", node: "bad" },
    });
    expect(run.durationMs).toBeLessThan(20_000);
    expect(run.steps.map(({ node, state }) => [node, state])).toEqual([
      ["api", "completed"],
      ["bad", "failed"],
      ["slow", "canceled"],
      ["after", "skipped"],
      ["later", "skipped"],
    ]);
  });
});

describe("while it goes on, a run shows", () => {
  it.concurrent("steps and log lines within a second of their happening", async () => {
    const { id } = await project.deployManual({
      name: "Talks",
      steps: { talk: { use: "talk" }, after: { use: "append", after: ["talk"] } },
    });
    const { id: run } = await project.start(id);
    await until(
      "the step is shown to run",
      async () => stepOf(await project.showRun(run), "talk").state === "running",
      2_000,
    );
    const shown = await project.showRun(run);
    expect(shown.state).toBe("running");
    expect(stepOf(shown, "after").state).toBe("queued");
    expect(Date.now() - Date.parse(stepOf(shown, "talk").startedAt ?? "")).toBeLessThan(1_500);
    const ages: number[] = [];
    for (let seen = 0; seen < 15; ) {
      const lines = await until("a new line is there", async () => {
        const all = await logsOf(project, run);
        return all.length > seen ? all : undefined;
      });
      ages.push(Date.now() - Date.parse(lines.at(-1)?.at ?? ""));
      seen = lines.length;
    }
    expect(Math.max(...ages)).toBeLessThan(1_000);
    const ended = await project.endedRun(run);
    expect(Date.now() - Date.parse(ended.finishedAt ?? "")).toBeLessThan(1_000);
  }, 30_000);
});

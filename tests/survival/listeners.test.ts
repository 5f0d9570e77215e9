import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listRunsContract, type RunDetail } from "@/lib/runs/contract";
import { instance } from "../support/instance";
import { ListeningWorkflow } from "../support/listeners";
import { TestProject } from "../support/project";
import { SecondWorker } from "../support/second-worker";
import { type StartedInstance, startInstance } from "../support/start-instance";
import { until } from "../support/wait";

/** Real processes are killed and frozen while a trigger listens: each of its events is one run, and one listens at a time. */

const takenOverWithinMs = 15_000;

let started: StartedInstance;
let project: TestProject;

beforeAll(async () => {
  started = await startInstance();
  project = await TestProject.create(instance(started.home).url);
}, 300_000);
afterAll(() => started?.stop(), 60_000);

/** Counts on from its cursor, as a source with an order does; a crash between the two lines has a number come again. */
const counter = {
  outputs: { number: "integer", process: "string" },
  code: `
import asyncio, uuid
async def run(service, input_values):
    process = uuid.uuid4().hex
    while True:
        number = await service.get_cursor("next", 0)
        await service.create_run({"number": number, "process": process}, identity=f"number {number}")
        await service.set_cursor("next", number + 1)
        await asyncio.sleep(0.05)
`,
} as const;

const nodeCounter = {
  outputs: counter.outputs,
  type: "nodejs",
  code: `
const { setTimeout: sleep } = require("node:timers/promises");
exports.run = async (service) => {
  const process = require("node:crypto").randomUUID();
  for (;;) {
    const number = await service.getCursor("next", 0);
    await service.createRun({ number, process }, { identity: "number " + number });
    await service.setCursor("next", number + 1);
    await sleep(50, undefined, { signal: service.signal });
  }
};
`,
} as const;

/** How many runs there are, asked in a way that costs little. */
async function countOf(workflow: ListeningWorkflow): Promise<number> {
  return (await allRuns(workflow).catch(() => [])).length;
}

async function allRuns(workflow: ListeningWorkflow) {
  const runs = [];
  let cursor: string | undefined;
  do {
    const query = { workflow: workflow.id, limit: 200, ...(cursor && { cursor }) };
    const page = await project.api(listRunsContract, { query });
    runs.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return runs;
}

/** Each number once, in order. */
async function numbered(workflow: ListeningWorkflow): Promise<RunDetail[]> {
  const runs = await Promise.all((await allRuns(workflow)).map(({ id }) => project.showRun(id)));
  return runs.sort((left, right) => (left.inputs.number as number) - (right.inputs.number as number));
}

async function expectEachOnce(workflow: ListeningWorkflow): Promise<void> {
  const runs = await numbered(workflow);
  expect(runs.map((run) => run.inputs.number)).toEqual(runs.map((_, index) => index));
  const processes = runs.map((run) => run.inputs.process as string);
  // Whoever came after another one was the only one from then on.
  const changes = processes.filter((process, index) => process !== processes[index - 1]);
  expect(changes).toEqual([...new Set(processes)]);
}

async function goesOn(workflow: ListeningWorkflow, withinMs: number): Promise<number> {
  const before = await countOf(workflow);
  const begun = Date.now();
  await until("there are further runs", async () => (await countOf(workflow)) > before + 3, withinMs);
  return Date.now() - begun;
}

describe.each(["worker", "runnerd", "temporal", "postgres"])("kill -9 of %s", (name) => {
  it("neither loses nor doubles an event", { timeout: 180_000 }, async () => {
    const workflow = await ListeningWorkflow.deploy(project, { id: `counter-${name}`, ...counter });
    const inNode = await ListeningWorkflow.deploy(project, { id: `node-${name}`, ...nodeCounter });
    for (const each of [workflow, inNode]) await each.someRuns(10, 30_000);
    process.kill(instance(started.home).pids[name] ?? 0, "SIGKILL");
    await delay(300);
    const [tookMs] = await Promise.all([workflow, inNode].map((each) => goesOn(each, 60_000)));
    console.info(`after kill -9 of ${name}, runs went on after ${tookMs} ms`);
    if (name === "worker") expect(tookMs).toBeLessThan(takenOverWithinMs);
    await delay(2_000);
    for (const each of [workflow, inNode]) {
      await each.stop();
      await expectEachOnce(each);
    }
  });
});

describe("kill -9 of the worker under a trigger that serves HTTP", () => {
  it("is a 503 with a time to come again, and then an answer", { timeout: 120_000 }, async () => {
    await project.pushFixtures("serves-http");
    const workflow = await ListeningWorkflow.of(project, "serves-http", {});
    const ask = () => project.call("/hooks/x");
    const first = await until("it answers", async () => {
      const answer = await ask();
      return answer.status === 200 && (await answer.text());
    });
    process.kill(instance(started.home).pids.worker ?? 0, "SIGKILL");
    const gap = await until("it is gone", async () => {
      const answer = await ask();
      return answer.status !== 200 && answer;
    });
    expect([gap.status, Number(gap.headers.get("retry-after")) > 0]).toEqual([503, true]);
    const again = await until(
      "it answers again",
      async () => {
        const answer = await ask();
        expect([200, 503]).toContain(answer.status);
        return answer.status === 200 && (await answer.text());
      },
      60_000,
    );
    expect(JSON.parse(again)).toMatchObject({ path: JSON.parse(first).path });
    await workflow.stop();
  });
});

describe("of two workers", () => {
  it("one takes over from the other while that is frozen, and stays alone when it wakes up", {
    timeout: 240_000,
  }, async () => {
    const second = await SecondWorker.start(started.home);
    try {
      const workflow = await ListeningWorkflow.deploy(project, { id: "counter-two", ...counter });
      await workflow.someRuns(10, 30_000);
      // One of them listens, and it is not said which.
      for (const pid of [instance(started.home).pids.worker ?? 0, second.pid]) {
        process.kill(pid, "SIGSTOP");
        await delay(500);
        const tookMs = await goesOn(workflow, takenOverWithinMs);
        console.info(`with one worker frozen, runs went on after ${tookMs} ms`);
        await delay(3_000);
        process.kill(pid, "SIGCONT");
        await delay(4_000);
      }
      await workflow.stop();
      await expectEachOnce(workflow);
      expect(new Set((await numbered(workflow)).map((run) => run.inputs.process)).size).toBeGreaterThan(1);
    } finally {
      await second.stop();
    }
  });
});

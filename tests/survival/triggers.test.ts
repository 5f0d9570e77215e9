import { createHmac } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listRunsContract, type RunSummary } from "@/lib/runs/contract";
import { isRunOver } from "@/lib/runs/status";
import { stopWorkflowContract } from "@/lib/workflows/contract";
import { instance } from "../support/instance";
import { TestProject } from "../support/project";
import { type StartedInstance, startInstance } from "../support/start-instance";
import { until } from "../support/wait";
import { triggerFile } from "../support/workflow-file";

/** Real processes are killed while deliveries and a clock come in: each is one run, whatever its sender had to do. */

const secret = "s3cret-of-the-hook";
const deliveries = { count: 120, everyMs: 50, killAfterMs: 2_000 };
const settledWithinMs = 90_000;

let started: StartedInstance;
let project: TestProject;
let hook: string;

beforeAll(async () => {
  started = await startInstance();
  project = await TestProject.create(instance(started.home).url);
  const settings = { path: "/hook", verification: "github", secret };
  ({ id: hook } = await project.deploy(triggerFile("webhook", settings)));
}, 300_000);

afterAll(() => started?.stop(), 60_000);

async function runsOf(workflow: string): Promise<RunSummary[]> {
  const runs: RunSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await project.api(listRunsContract, { query: { workflow, limit: 200, ...(cursor && { cursor }) } });
    runs.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return runs;
}

/** As services do: what is not answered with a success is sent again, and some of what is, too. */
async function deliver(id: string): Promise<void> {
  const signature = createHmac("sha256", secret).update("{}").digest("hex");
  const headers = { "x-github-delivery": id, "x-hub-signature-256": `sha256=${signature}` };
  let answers = 0;
  for (let attempt = 0; answers < 2 && attempt < 200; attempt++) {
    const answer = await fetch(`${project.url}/user-api/${project.id}/hook`, {
      method: "POST",
      headers,
      body: "{}",
    }).catch(() => undefined);
    if (answer?.ok) answers++;
    else await delay(250);
  }
  expect(answers).toBe(2);
}

async function deliverSteadily(prefix: string): Promise<void> {
  const all: Promise<void>[] = [];
  for (let index = 0; index < deliveries.count; index++) {
    all.push(deliver(`${prefix}-${index}`));
    await delay(deliveries.everyMs);
  }
  await Promise.all(all);
}

async function kill(name: string): Promise<void> {
  const pid = instance(started.home).pids[name];
  if (!pid) throw new Error(`${name} is not running`);
  process.kill(pid, "SIGKILL");
  await until(
    `${name} runs again`,
    () => {
      const now = instance(started.home).pids[name];
      return now !== undefined && now !== pid;
    },
    30_000,
  );
}

/** The times that the clock's runs are for, in seconds and in order; each once. */
async function slotsOf(workflow: string): Promise<number[]> {
  const runs = await runsOf(workflow);
  const details = await Promise.all(runs.map((run) => project.showRun(run.id)));
  return details.map((run) => run.inputs.time as number).sort((left, right) => left - right);
}

describe.each(["worker", "web", "temporal", "postgres"])("kill -9 of %s", (name) => {
  it("neither loses nor doubles a delivery or a time of a clock", { timeout: 300_000 }, async () => {
    const settings = { foreach: "* * * * * * *", missed: "run_all" };
    const { id: clock } = await project.deploy(triggerFile("crongw", settings, { name: `Clock beside ${name}` }));
    await until("the clock runs", async () => (await runsOf(clock)).length > 0, settledWithinMs);
    const before = (await runsOf(hook)).length;
    const delivering = deliverSteadily(name);
    await delay(deliveries.killAfterMs);
    await kill(name);
    await delivering;
    const runs = await until(
      "every delivery has run",
      async () => {
        const all = await runsOf(hook).catch(() => []);
        return all.length >= before + deliveries.count && all.every((run) => isRunOver(run.state)) ? all : undefined;
      },
      settledWithinMs,
    );
    expect(runs).toHaveLength(before + deliveries.count);
    expect(runs.filter((run) => run.state !== "completed")).toEqual([]);
    const now = Math.floor(Date.now() / 1000);
    // One that the worker had just taken when it was killed comes after those that follow it.
    const upToNow = async () => (await slotsOf(clock).catch(() => [])).filter((slot) => slot <= now);
    const slots = await until(
      "each time of the clock has had its run",
      async () => {
        const [first = now, ...rest] = await upToNow();
        return rest.length >= now - first ? [first, ...rest] : undefined;
      },
      settledWithinMs,
    );
    expect(slots).toEqual(slots.map((_, index) => (slots[0] ?? 0) + index));
    expect(slots.length).toBeGreaterThan(5);
    await project.api(stopWorkflowContract, { params: { project: project.id, workflow: clock }, body: {} });
    expect(await upToNow()).toEqual(slots);
  });
});

import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunDetail } from "@/lib/runs/contract";
import { isRunOver } from "@/lib/runs/status";
import { showClockContract } from "@/lib/triggers/contract";
import {
  deployWorkflowContract,
  rollbackWorkflowContract,
  stopWorkflowContract,
  updateWorkflowContract,
} from "@/lib/workflows/contract";
import { refusal } from "../support/checked";
import { ClockLab, runsOfWorkflow } from "../support/clocks";
import { TestProject } from "../support/project";
import { until } from "../support/wait";
import { triggerFile } from "../support/workflow-file";

let project: TestProject;
let clocks: ClockLab;
beforeAll(async () => {
  project = await TestProject.create();
  clocks = await ClockLab.open(project);
  await project.pushCode({
    id: "sleep",
    inputs: { seconds: "float" },
    code: "import time\ndef handle(i): time.sleep(i['seconds'])\n",
  });
});
afterAll(() => clocks.close());

const at = (workflow: string) => ({ params: { project: project.id, workflow } });
const stop = (workflow: string) => project.api(stopWorkflowContract, { ...at(workflow), body: { cancelRuns: true } });
const hasSchedule = (workflow: string) => clocks.hasSchedule(workflow);
const runsOf = (workflow: string) => runsOfWorkflow(project, workflow);
const timesOf = (runs: RunDetail[]) => runs.map((run) => run.inputs.time as number);
const slotsOf = (runs: RunDetail[]) => timesOf(runs).sort((left, right) => left - right);

/** Publishes the same again under another name of its step, so that it is a new version. */
async function redeploy(workflow: string, change: (definition: string) => string): Promise<void> {
  const shown = await project.api(updateWorkflowContract, { ...at(workflow), body: {} });
  const definition = JSON.parse(change(JSON.stringify(shown.definition)));
  await project.api(updateWorkflowContract, { ...at(workflow), body: { definition } });
  await project.api(deployWorkflowContract, { ...at(workflow), body: {} });
}

const napping = (seconds: number) => ({ steps: { nap: { use: "sleep", with: { seconds } } } });
const everySecond = "* * * * * * *";

describe("every so often", () => {
  it("starts at once, then once per period, and no more once it is stopped", async () => {
    const { id } = await project.deploy(triggerFile("emitevery", { seconds: 1, timezone: "Europe/Paris" }));
    await until("there are runs", async () => (await runsOf(id)).length >= 3);
    await stop(id);
    await until("the schedule is gone", async () => !(await hasSchedule(id)));
    const runs = await runsOf(id);
    const texts = runs.map((run) => run.inputs.time as string);
    for (const text of texts) expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    const seconds = texts.map((text) => Date.parse(`${text}Z`) / 1000).sort((left, right) => left - right);
    expect(seconds).toEqual(seconds.map((_, index) => (seconds[0] ?? 0) + index));
    expect(runs.every((run) => run.source === "clock")).toBe(true);
    await delay(1_500);
    expect(await runsOf(id)).toHaveLength(runs.length);
  });

  it("of an hour starts at once, and then on its hour", async () => {
    const { id } = await project.deploy(triggerFile("emitevery", { seconds: 0, hours: 1 }));
    await until("there are runs", async () => (await runsOf(id)).length === 1);
    const clock = await project.api(showClockContract, at(id));
    const since = Date.parse(clock.since);
    expect(clock.next.map((time) => Date.parse(time) - since)).toEqual(
      Array.from({ length: 10 }, (_, index) => (index + 1) * 3_600_000),
    );
    await stop(id);
  });
});

describe("a cron expression", () => {
  it("gives the zone's own times, ten of them in advance", async () => {
    const settings = { foreach: "30 18 * * mon-fri", timezone: "America/New_York" };
    const { id } = await project.deploy(triggerFile("crongw", settings));
    await until("the schedule is there", () => hasSchedule(id));
    const { next, settings: shown } = await project.api(showClockContract, at(id));
    expect(next).toHaveLength(10);
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone: "America/New_York",
      timeStyle: "short",
      hour12: false,
    });
    for (const time of next) {
      expect(format.format(new Date(time))).toBe("18:30");
      expect(["Sat", "Sun"]).not.toContain(new Date(time).toUTCString().slice(0, 3));
    }
    expect(shown).toMatchObject({ timeZone: "America/New_York", missed: "run_once", overlap: "allow" });
    await stop(id);
    expect((await refusal(project.api(showClockContract, at(id)))).status).toBe(404);
  });

  it("neither loses nor doubles a second while it is deployed anew and rolled back", async () => {
    const { id } = await project.deploy(triggerFile("crongw", { foreach: everySecond }, napping(0)));
    await until("there are runs", async () => (await runsOf(id)).length >= 2);
    for (let round = 0; round < 3; round++) {
      await redeploy(id, (text) => text.replaceAll(/"static":0(\.\d)?}/g, `"static":0.${round}}`));
      await delay(700);
    }
    await project.api(rollbackWorkflowContract, at(id));
    await delay(1_500);
    await stop(id);
    const slots = slotsOf(await runsOf(id));
    expect(slots).toEqual(slots.map((_, index) => (slots[0] ?? 0) + index));
    expect(slots.length).toBeGreaterThan(4);
  });

  it("that cannot be is refused with what is wrong, at its field", async () => {
    const error = await refusal(project.deploy(triggerFile("crongw", { foreach: "61 * * * *", timezone: "Mars" })));
    expect(error.status).toBe(422);
    expect(error.issues.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      expect.stringMatching(/inputs\.timezone: “Mars” is no time zone/),
      expect.stringMatching(/inputs\.foreach: .*“61” is no minute/),
    ]);
  });
});

describe("once", () => {
  it("starts one run with each deployment", async () => {
    const { id } = await project.deploy(triggerFile("one-run", {}, napping(0)));
    await until("the clock has ended", async () => (await project.api(showClockContract, at(id))).endedAt !== null);
    await until("the schedule is gone", async () => !(await hasSchedule(id)));
    expect(await runsOf(id)).toHaveLength(1);
    await redeploy(id, (text) => text.replace('"static":0', '"static":0.1'));
    await until("there are runs", async () => (await runsOf(id)).length === 2);
    await clocks.reconcile();
    expect(await runsOf(id)).toHaveLength(2);
    await stop(id);
  });

  it("starts at its time, and only then", async () => {
    const time = new Date(Math.ceil(Date.now() / 1000) * 1000 + 2_000);
    const { id } = await project.deploy(triggerFile("one-run", { at: time.toISOString() }));
    await until("there are runs", async () => (await runsOf(id)).length === 1);
    const [run] = await runsOf(id);
    expect(Date.parse(run?.createdAt ?? "") - time.getTime()).toBeGreaterThanOrEqual(0);
    await stop(id);
  });
});

describe("a run that takes longer than the period", () => {
  const deploy = (overlap: string) =>
    project.deploy(triggerFile("crongw", { foreach: everySecond, overlap }, napping(2.5)));
  const openOf = async (id: string) => (await runsOf(id)).filter((run) => !isRunOver(run.state)).length;

  async function mostOpen(id: string, forMs: number): Promise<number> {
    let most = 0;
    for (const end = Date.now() + forMs; Date.now() < end; await delay(100)) most = Math.max(most, await openOf(id));
    return most;
  }

  it("has the next beside it where that is allowed", async () => {
    const { id } = await deploy("allow");
    expect(await mostOpen(id, 4_000)).toBeGreaterThan(1);
    await stop(id);
  });

  it("has times left out that come while it goes on", async () => {
    const { id } = await deploy("skip");
    // The first time of this one is that of its deployment.
    const every = triggerFile("emitevery", { seconds: 1, overlap: "skip" }, { name: "At once", ...napping(2.5) });
    const { id: atOnce } = await project.deploy(every);
    expect(await mostOpen(id, 6_000)).toBe(1);
    const [first, second] = await runsOf(atOnce);
    expect(Date.parse(second?.createdAt ?? "")).toBeGreaterThanOrEqual(Date.parse(first?.finishedAt ?? ""));
    await stop(atOnce);
    const slots = slotsOf(await runsOf(id));
    expect((slots[1] ?? 0) - (slots[0] ?? 0)).toBeGreaterThanOrEqual(3);
    expect((await project.api(showClockContract, at(id))).overlapped).toBeGreaterThan(0);
    await stop(id);
  });

  it("is canceled by the next where that was asked for", async () => {
    const { id } = await deploy("cancel_other");
    await until(
      "runs are canceled",
      async () => (await runsOf(id)).filter((run) => run.state === "canceled").length >= 2,
    );
    await stop(id);
  });

  it("has every time wait for it in turn where that was asked for", async () => {
    const { id } = await deploy("queue_all");
    expect(await mostOpen(id, 6_000)).toBe(1);
    await until("there are runs", async () => (await runsOf(id)).length >= 3);
    const slots = slotsOf(await runsOf(id));
    expect(slots).toEqual(slots.map((_, index) => (slots[0] ?? 0) + index));
    await stop(id);
  });
});

import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clockScheduleId } from "@/lib/temporal/ids";
import { type EventResource, listEventsContract, showClockContract } from "@/lib/triggers/contract";
import { stopWorkflowContract } from "@/lib/workflows/contract";
import { ClockLab, runsOfWorkflow } from "../support/clocks";
import { connectAsApplication, withProjects } from "../support/database";
import { TestProject } from "../support/project";
import { until } from "../support/wait";
import { triggerFile } from "../support/workflow-file";

/** What is made up for and mended after schedules were lost or the server was away. */

let project: TestProject;
let clocks: ClockLab;
beforeAll(async () => {
  project = await TestProject.create();
  clocks = await ClockLab.open(project);
});
afterAll(() => clocks.close());

const at = (workflow: string) => ({ params: { project: project.id, workflow } });
const stop = (workflow: string) => project.api(stopWorkflowContract, { ...at(workflow), body: { cancelRuns: true } });

describe("the reconciler", () => {
  it("makes a schedule that is missing, as it was", async () => {
    const { id } = await project.deploy(triggerFile("crongw", { foreach: "0 0 1 1 *" }));
    await until("the schedule is there", () => clocks.hasSchedule(id));
    const { next } = await project.api(showClockContract, at(id));
    await clocks.scheduleOf(id).delete();
    await until("it is made again", async () => {
      await clocks.reconcile();
      return clocks.hasSchedule(id);
    });
    expect((await project.api(showClockContract, at(id))).next).toEqual(next);
    await stop(id);
  });

  it("removes one that nothing live wants", async () => {
    const stray = "wf_00000000000000000000000000";
    await clocks.client.schedule.create({
      scheduleId: clockScheduleId(project.id, stray),
      spec: { intervals: [{ every: "1h" }] },
      action: { type: "startWorkflow", workflowType: "fireClock", taskQueue: "none", args: [] },
    });
    await until("it is removed", async () => {
      await clocks.reconcile();
      return !(await clocks.hasSchedule(stray));
    });
  });
});

/** How many times of a clock stand in the events: those that were missed together are one. */
const timesIn = (events: EventResource[]) =>
  events.reduce((total, { outcome, missed }) => total + (outcome === "started" ? 1 : (missed?.count ?? 0)), 0);

describe("times that were missed", () => {
  /** What Temporal does once it is back after having been away for these hours. */
  async function miss(id: string, hours: number): Promise<void> {
    await until("the schedule is there", () => clocks.hasSchedule(id));
    const hourMs = 3_600_000;
    const now = Math.floor(Date.now() / hourMs) * hourMs;
    const [start, end] = [new Date(now - (hours - 1) * hourMs - 1_000), new Date(now + 1_000)];
    await clocks.scheduleOf(id).backfill({ start, end, overlap: "ALLOW_ALL" });
  }

  async function madeUp(missed: string, window: number, expected: number): Promise<number> {
    const { id } = await project.deploy(triggerFile("crongw", { foreach: "0 * * * *", missed, missed_window: window }));
    await miss(id, 5);
    const judged = async () => (await project.api(listEventsContract, at(id))).items;
    await until("all have come", async () => timesIn(await judged()) === 5);
    const left = (await judged()).filter((event) => event.outcome === "limited");
    expect(left.map(({ missed }) => missed?.count)).toEqual(expected === 5 ? [] : [5 - expected]);
    const runs = await runsOfWorkflow(project, id);
    await stop(id);
    return runs.length;
  }

  it.each([
    ["skip", 86_400, 0],
    ["run_once", 86_400, 1],
    ["run_all", 86_400, 5],
    ["run_all", 3 * 3_600, 3],
  ])(
    "are made up for as %s within %i s says",
    async (missed, window, count) => {
      // A time that has just come was not missed.
      if (new Date().getUTCMinutes() === 0) await delay(60_000);
      expect(await madeUp(missed, window, count)).toBe(count);
    },
    120_000,
  );
});

describe("a downtime of the whole instance", () => {
  it("is told of with what a clock missed then and what was made up for", async () => {
    const sql = connectAsApplication();
    const { id } = await project.deploy(triggerFile("emitevery", { seconds: 0, minutes: 1 }));
    await until("it has started", async () => (await runsOfWorkflow(project, id)).length === 1);
    // As if it had been deployed an hour ago, and nobody had been there for half of it.
    const [from, end] = ["45 minutes 30 seconds", "15 minutes 30 seconds"];
    await withProjects(sql, [project.id], async (tx) => {
      await tx`update clocks set since = date_trunc('second', now()) - interval '1 hour' where workflow_id = ${id}`;
      await tx`update trigger_events set occurred_at = now() - interval '20 minutes' where workflow_id = ${id}`;
    });
    await sql`insert into uptimes (since, seen_at) values
      (now() - interval '2 hours', now() - ${from}::interval), (now() - ${end}::interval, now() - ${end}::interval)`;
    const { downtimes } = await project.api(showClockContract, at(id));
    const told = downtimes.find(({ until }) => Math.abs(Date.parse(until) - Date.now() + 930_000) < 60_000);
    expect(told).toMatchObject({ missed: 30, madeUp: 1 });
    const lasted = Date.parse(told?.until ?? "") - Date.parse(told?.from ?? "");
    expect(Math.round(lasted / 60_000)).toBe(30);
    await sql`delete from uptimes where since < now() - interval '15 minutes'`;
    await sql.end();
    await stop(id);
  });
});

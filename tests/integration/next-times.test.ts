import { afterAll, beforeAll, expect, it } from "vitest";
import { clockScheduleId } from "@/lib/temporal/ids";
import { nextTimes } from "@/lib/triggers/clock/next-times";
import { wantedSchedule } from "@/lib/triggers/clock/schedule";
import type { ClockSettings } from "@/lib/triggers/clock/settings";
import { ClockLab } from "../support/clocks";
import { TestProject } from "../support/project";

/** What the studio says of a clock that is not live yet, beside what Temporal does with it. */

let clocks: ClockLab;
let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  clocks = await ClockLab.open(project);
});
afterAll(() => clocks.close());

const rest = { jitterSeconds: 0, missed: "skip", missedWindowSeconds: 0, overlap: "allow" } as const;

async function asTemporalSays(workflowId: string, settings: ClockSettings): Promise<Date[]> {
  const row = { projectId: project.id, workflowId, settings, since: new Date() };
  const { spec } = wantedSchedule(row as Parameters<typeof wantedSchedule>[0]);
  const handle = await clocks.client.schedule.create({
    scheduleId: clockScheduleId(project.id, workflowId),
    spec,
    // It is never due: what is asked for is only when it would be.
    state: { paused: true },
    action: { type: "startWorkflow", workflowType: "fireClock", taskQueue: "none", args: [] },
  });
  const { info } = await handle.describe();
  await handle.delete();
  return info.nextActionTimes;
}

it.each([
  ["30 18 * * mon-fri", "Europe/Paris"],
  ["*/7 0-3 * * *", "America/New_York"],
  ["0 0 L * *", "Asia/Kolkata"],
  ["0 12 1 * 5", "Australia/Lord_Howe"],
  ["0 0 29 2 *", "UTC"],
  ["0 9 * * L5", "Pacific/Apia"],
  // Skipped by the clocks on some of these days, shown twice on others.
  ["30 2 25-31 3 sun", "Europe/Paris"],
  ["30 2 25-31 10 *", "Europe/Paris"],
  ["30 1 1-7 11 *", "America/New_York"],
  ["15,45 1 1-7 4 *", "Australia/Lord_Howe"],
])("%s in %s comes as Temporal says", async (expression, timeZone) => {
  const timing = { kind: "cron" as const, expression };
  const theirs = await asTemporalSays(`wf_${expression}`, { ...rest, timing, timeZone });
  expect(theirs).toHaveLength(10);
  expect(nextTimes({ timing, timeZone }, new Date(), 10)).toEqual(theirs);
});

import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listRunsContract } from "@/lib/runs/contract";
import { type EventResource, listEventsContract } from "@/lib/triggers/contract";
import { connectAsApplication, withProjects } from "../support/database";
import { TestProject } from "../support/project";
import { triggerFile } from "../support/workflow-file";

/** What a crash can leave of an event, and what its second coming makes of it. */

const secret = "s3cret-of-the-hook";
const sql = connectAsApplication();
let project: TestProject;
let workflow: string;
beforeAll(async () => {
  project = await TestProject.create();
  ({ id: workflow } = await project.deploy(triggerFile("webhook", { path: "/hook", verification: "github", secret })));
});
afterAll(() => sql.end());

async function deliver(id: string): Promise<{ status: number; run: string }> {
  const signature = createHmac("sha256", secret).update("{}").digest("hex");
  const headers = { "x-github-delivery": id, "x-hub-signature-256": `sha256=${signature}` };
  const answer = await fetch(`${project.url}/user-api/${project.id}/hook`, { method: "POST", headers, body: "{}" });
  return { status: answer.status, run: answer.headers.get("x-workflow-run-id") ?? "" };
}

const events = async (): Promise<EventResource[]> =>
  (await project.api(listEventsContract, { params: { project: project.id, workflow } })).items;
const countRuns = async () => (await project.api(listRunsContract, { query: { workflow, limit: 200 } })).items.length;

it("claimed and never accepted is started when it comes again", async () => {
  const first = await deliver("claimed");
  const run = await project.endedRun(first.run);
  const before = await countRuns();
  await withProjects(sql, [project.id], async (tx) => {
    await tx`update trigger_events set outcome = 'pending', identity = 'never accepted', run_id = null
      where identity = 'claimed'`;
  });
  expect((await events())[0]).toMatchObject({ identity: "never accepted", outcome: "pending" });
  const again = await deliver("never accepted");
  expect([again.status, again.run === run.id]).toEqual([202, false]);
  expect((await events()).map(({ identity, outcome }) => [identity, outcome])).toEqual([["never accepted", "started"]]);
  expect(await countRuns()).toBe(before + 1);
});

it("accepted and never marked is one run when it comes again", async () => {
  const first = await deliver("unmarked");
  await withProjects(
    sql,
    [project.id],
    (tx) => tx`update trigger_events set outcome = 'pending' where identity = 'unmarked'`,
  );
  const before = await countRuns();
  const [second, third] = await Promise.all([deliver("unmarked"), deliver("unmarked")]);
  expect([second.run, third.run]).toEqual([first.run, first.run]);
  expect(await countRuns()).toBe(before);
});

it("accepted by Temporal, and lost by Postgres, is one run when it comes again", async () => {
  const first = await deliver("lost");
  await project.endedRun(first.run);
  await withProjects(sql, [project.id], (tx) => tx`delete from trigger_events where identity = 'lost'`);
  const before = await countRuns();
  expect((await deliver("lost")).run).toBe(first.run);
  expect(await countRuns()).toBe(before);
});

it("sent by fifty machines at once is one run", async () => {
  const before = await countRuns();
  const answers = await Promise.all(Array.from({ length: 50 }, () => deliver("storm")));
  expect(new Set(answers.map((answer) => answer.run)).size).toBe(1);
  expect(answers.filter((answer) => answer.status === 202)).toHaveLength(1);
  expect(await countRuns()).toBe(before + 1);
  const outcomes = (await events()).filter((event) => event.identity === "storm").map((event) => event.outcome);
  expect([outcomes.filter((outcome) => outcome === "started").length, outcomes.length]).toEqual([1, 50]);
});

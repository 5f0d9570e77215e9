import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { deleteRunContract, listRunsContract } from "@/lib/runs/contract";
import { type EventResource, listEventsContract, redeliverEventsContract } from "@/lib/triggers/contract";
import { deployWorkflowContract, stopWorkflowContract, updateWorkflowContract } from "@/lib/workflows/contract";
import { refusal } from "../support/checked";
import { TestProject } from "../support/project";
import { triggerFile } from "../support/workflow-file";

const secret = "s3cret-of-the-hook";
let project: TestProject;
let workflow: string;
beforeAll(async () => {
  project = await TestProject.create();
  const settings = { path: "/hook", verification: "github", secret };
  ({ id: workflow } = await project.deploy(triggerFile("webhook", settings, { inputs: { n: "integer" } })));
});

function deliver(id: string, body: string, signedWith = secret): Promise<Response> {
  const headers = {
    "x-github-delivery": id,
    "x-hub-signature-256": `sha256=${createHmac("sha256", signedWith).update(body).digest("hex")}`,
  };
  return fetch(`${project.url}/user-api/${project.id}/hook`, { method: "POST", headers, body });
}

const at = () => ({ params: { project: project.id, workflow } });
const events = async (query = {}): Promise<EventResource[]> =>
  (await project.api(listEventsContract, { ...at(), query })).items;
const redeliver = (ids: string[], version?: number) =>
  project.api(redeliverEventsContract, { ...at(), body: { events: ids, ...(version && { version }) } });
const runs = async () => (await project.api(listRunsContract, { query: { workflow, limit: 200 } })).items;

describe("the events of a workflow", () => {
  it("say of each what became of it", async () => {
    await deliver("d-1", '{"n": 1}');
    await deliver("d-1", '{"n": 1}');
    await deliver("d-2", '{"n": "x"}');
    await deliver("d-3", '{"n": 3}', "guess");
    const all = await events();
    expect(all.map(({ identity, outcome, reason }) => [identity, outcome, reason])).toEqual([
      ["(unknown)", "rejected", expect.stringMatching(/not that of the body/)],
      ["d-2", "rejected", expect.stringMatching(/body\.n must be a whole number/)],
      ["d-1", "duplicate", null],
      ["d-1", "started", null],
    ]);
    const [run] = await runs();
    expect(all.map((event) => event.runId)).toEqual([null, null, run?.id, run?.id]);
    expect(all.map((event) => [event.kind, event.version, event.kept])).toEqual([
      ["webhook", 1, false],
      ["webhook", 1, false],
      ["webhook", 1, true],
      ["webhook", 1, true],
    ]);
    expect(JSON.stringify(all)).not.toContain(secret);
  });

  it("are filtered, and read page by page", async () => {
    expect((await events({ outcome: "rejected" })).map((event) => event.identity)).toEqual(["(unknown)", "d-2"]);
    const all = await events();
    const paged: EventResource[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await project.api(listEventsContract, { ...at(), query: { limit: 3, cursor } });
      paged.push(...page.items);
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all);
  });
});

describe("delivering again", () => {
  it("starts a run of its own each time, with what came then", async () => {
    const [event] = await events({ outcome: "started" });
    const before = (await runs()).length;
    const { items } = await redeliver([event?.id ?? "", event?.id ?? ""]);
    await redeliver([event?.id ?? ""]);
    expect(items).toEqual([{ event: event?.id, runId: expect.stringMatching(/^WorkflowRun-/), problem: null }]);
    expect(await runs()).toHaveLength(before + 2);
    expect((await project.endedRun(items[0]?.runId ?? "")).inputs).toMatchObject({ n: 1, delivery: "d-1" });
    expect((await events({ outcome: "started" }))[0]).toMatchObject({ redeliveryOf: event?.id, kind: "webhook" });
  });

  it("says of each what stands against it", async () => {
    const [rejected] = await events({ outcome: "rejected" });
    const { items } = await redeliver([rejected?.id ?? "", "evt_nothing"]);
    expect(items.map((item) => item.problem)).toEqual(["What came with it was not kept.", "There is no such event."]);
  });

  it("has what came with an event whose run is gone, too", async () => {
    await deliver("d-9", '{"n": 9}');
    const [event] = await events({ outcome: "started" });
    await project.endedRun(event?.runId ?? "");
    await project.api(deleteRunContract, { params: { project: project.id, run: event?.runId ?? "" } });
    // Its event tells that it has been run.
    expect((await deliver("d-9", '{"n": 9}')).status).toBe(200);
    const { items } = await redeliver([event?.id ?? ""]);
    expect((await project.endedRun(items[0]?.runId ?? "")).inputs).toMatchObject({ n: 9 });
  });

  it("goes to the live version, or to the one that is named; without either it is refused", async () => {
    const [event] = await events({ outcome: "started" });
    const shown = await project.api(updateWorkflowContract, { ...at(), body: {} });
    const [node] = shown.definition.nodes;
    if (node) node.name = "Renamed";
    await project.api(updateWorkflowContract, { ...at(), body: { definition: shown.definition } });
    // The secret of a definition is not shown, and kept.
    await project.api(deployWorkflowContract, { ...at(), body: {} });
    const versionOf = async (version?: number) =>
      (await project.showRun((await redeliver([event?.id ?? ""], version)).items[0]?.runId ?? "")).version;
    expect([await versionOf(), await versionOf(1)]).toEqual([2, 1]);
    expect((await refusal(redeliver([event?.id ?? ""], 7))).status).toBe(404);
    expect((await deliver("d-2nd", '{"n": 2}')).status).toBe(202);
    await project.api(stopWorkflowContract, { ...at(), body: {} });
    expect((await refusal(redeliver([event?.id ?? ""]))).status).toBe(409);
    expect(await versionOf(1)).toBe(1);
    expect((await deliver("d-3rd", '{"n": 2}')).status).toBe(401);
  });
});

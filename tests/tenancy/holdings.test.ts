import { beforeAll, describe, expect, it } from "vitest";
import { showRunContract } from "@/lib/runs/contract";
import { listEventsContract, redeliverEventsContract } from "@/lib/triggers/contract";
import { createWorkflowContract, deployWorkflowContract } from "@/lib/workflows/contract";
import { type Definition, definitionSchema } from "@/lib/workflows/definition/schema";
import { refusal } from "../support/checked";
import { connectAsApplication, withProjects } from "../support/database";
import { type Furnished, furnish } from "../support/furnished";
import { TestProject } from "../support/project";

/** What one tenant holds opens nothing of another's, even where it is named outright. */

let owner: Furnished;
let stranger: TestProject;
beforeAll(async () => {
  [owner, stranger] = await Promise.all([furnish(), TestProject.create()]);
  await stranger.pushCode({
    id: "read-file",
    inputs: { file: "file", secret: { type: "password", optional: true } },
    outputs: { text: "string" },
    code: "def handle(i): return {'text': open(i['file']).read() + str(i['secret'])}\n",
  });
  await stranger.deployEndpoint({ path: "/file", inputs: { fail: "boolean" } });
});

describe("keys and tokens", () => {
  it("of one project call no endpoint of another", async () => {
    const call = (projectId: string, headers: Record<string, string>) =>
      fetch(`${stranger.url}/user-api/${projectId}/file`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: '{"fail": false}',
      });
    expect((await call(stranger.id, { "x-api-key": stranger.key })).status).toBe(200);
    for (const secret of [stranger.key, stranger.key.replace(stranger.id, owner.project.id), stranger.admin.token]) {
      expect((await call(owner.project.id, { "x-api-key": secret })).status).toBe(401);
      expect((await call(owner.project.id, { authorization: `Bearer ${secret}` })).status).toBe(401);
    }
  });

  it("of a project are no personal tokens", async () => {
    const error = await refusal(
      owner.project.apiAs({ token: owner.project.key }, showRunContract, {
        params: { project: owner.project.id, run: owner.params.run ?? "" },
      }),
    );
    expect(error.status).toBe(401);
  });
});

describe("result links", () => {
  it("of one project give nothing of another", async () => {
    const run = (await stranger.post("/file", { fail: false })).headers.get("x-workflow-run-id") ?? "";
    const own = new URL((await stranger.showRun(run)).resultLink ?? "");
    expect((await fetch(own)).status).toBe(200);
    const theirs = new URL(owner.resultLink);
    expect((await fetch(theirs)).status).toBe(200);
    const token = own.searchParams.get("token") ?? "";
    const variants = [
      `${theirs.origin}${theirs.pathname}?token=${token}`,
      `${theirs.origin}/results/${stranger.id}/${owner.params.run}?token=${token}`,
      `${theirs.origin}/results/${stranger.id}/${owner.params.run}?token=${theirs.searchParams.get("token")}`,
      `${own.toString()}&file=${owner.params.blob}`,
    ];
    for (const variant of variants) expect((await fetch(variant)).status).toBe(404);
  });
});

async function strangersWorkflow(name: string, inputs: Definition["nodes"][number]["inputs"]) {
  const definition = definitionSchema.parse({
    nodes: [
      { id: "start", action: { id: "manual", version: "1.0" } },
      { id: "read", action: { id: "read-file", version: "1.0" }, inputs },
    ],
    edges: [{ from: "start", to: "read" }],
    results: { kind: "json", entries: [{ key: "text", node: "read", output: "text" }] },
  });
  return stranger.api(createWorkflowContract, { body: { name, definition } });
}

describe("stored values", () => {
  it("of another project are not read by naming their digest", async () => {
    const file = { blob: owner.params.blob ?? "", size: 16, name: "contents.txt" };
    const { id } = await strangersWorkflow("thief of files", { file: { file } });
    await stranger.api(deployWorkflowContract, { params: { project: stranger.id, workflow: id }, body: {} });
    const run = await stranger.start(id, {}, 20);
    expect(run.state).toBe("failed");
    expect(JSON.stringify(run)).not.toContain("only for members");
  });

  it("that are sealed are not opened by whoever copies the seal", async () => {
    const sql = connectAsApplication();
    const [row] = await withProjects(
      sql,
      [owner.project.id],
      (tx) => tx`select value from variables where name = 'SECRET'`,
    );
    await sql.end();
    const sealed = row?.value.secret as string;
    expect(sealed.length).toBeGreaterThan(20);
    const created = await strangersWorkflow("thief of secrets", { secret: { sealed } });
    expect(created.definition.nodes[1]?.inputs.secret).toEqual({ static: null });
  });
});

describe("events", () => {
  it("of another project are not delivered by naming their ids", async () => {
    const at = { params: { project: owner.project.id, workflow: owner.params.workflow ?? "" } };
    const { items } = await owner.project.api(listEventsContract, at);
    const event = items[0]?.id ?? "";
    expect(event).toMatch(/^evt_/);
    const { id } = await stranger.deployEndpoint({ path: "/own" });
    const again = await stranger.api(redeliverEventsContract, {
      params: { project: stranger.id, workflow: id },
      body: { events: [event] },
    });
    expect(again.items).toEqual([{ event, runId: null, problem: "There is no such event." }]);
  });
});

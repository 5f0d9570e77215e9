import { beforeAll, describe, expect, it } from "vitest";
import { createKeyContract } from "@/lib/keys/contract";
import { listRunsContract } from "@/lib/runs/contract";
import { TestProject } from "../support/project";

let project: TestProject;
let workflow: string;
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode({
    id: "roll",
    inputs: {
      text: "string",
      secret: { type: "password", optional: true },
      seconds: { type: "float", default_value: 0 },
    },
    outputs: { rolled: "string" },
    code: `
import random, time
def handle(i):
    time.sleep(i["seconds"])
    if i["text"] == "fail":
        raise ValueError("asked to")
    return {"rolled": str(random.random())}
`,
  });
  const inputs = {
    text: "string" as const,
    secret: { type: "password" as const, optional: true },
    seconds: { type: "float" as const, optional: true },
    file: { type: "file" as const, optional: true },
  };
  const steps = { roll: { use: "roll", with: { text: "=api.text", seconds: 0 } } };
  ({ id: workflow } = await project.deployEndpoint({
    path: "/roll",
    inputs,
    steps,
    results: { rolled: "roll.rolled" },
  }));
  await project.deployEndpoint({
    path: "/slow",
    timeout: 0.05,
    inputs: { text: "string" },
    steps: { roll: { use: "roll", with: { text: "=api.text", seconds: 0.5 } } },
    results: { rolled: "roll.rolled" },
  });
});

const call = (key: string, body: unknown, path = "/roll") =>
  project.post(path, body, { headers: { "idempotency-key": key } });
const runsOf = async (id: string) =>
  (await project.api(listRunsContract, { query: { workflow: id, limit: 200 } })).items;

describe("calls with one Idempotency-Key", () => {
  it("are one run with one answer", async () => {
    const before = (await runsOf(workflow)).length;
    const first = await call("twice", { text: "x", secret: "hush" });
    const second = await call("twice", { secret: "hush", text: "x" });
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await second.text()).toBe(await first.text());
    expect(second.headers.get("x-workflow-run-id")).toBe(first.headers.get("x-workflow-run-id"));
    expect([first, second].map((answer) => answer.headers.get("idempotent-replayed"))).toEqual([null, "true"]);
    expect(await runsOf(workflow)).toHaveLength(before + 1);
  });

  it("are one run when they come at once, and all have its answer", async () => {
    const before = (await runsOf(workflow)).length;
    const answers = await Promise.all(Array.from({ length: 20 }, () => call("at once", { text: "x" })));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    expect(answers.filter((answer) => answer.headers.has("idempotent-replayed"))).toHaveLength(19);
    expect(await runsOf(workflow)).toHaveLength(before + 1);
  });

  it("have the failure of the first, and try nothing anew", async () => {
    const [first, second] = [await call("fails", { text: "fail" }), await call("fails", { text: "fail" })];
    expect([first.status, second.status]).toEqual([500, 500]);
    expect((await second.json()).workflow_run_id).toBe((await first.json()).workflow_run_id);
  });

  it("are told of the run while it goes on, and of its results after", async () => {
    const first = await call("slow", { text: "x" }, "/slow");
    const { workflow_run_id: run } = await first.json();
    expect([first.status, (await (await call("slow", { text: "x" }, "/slow")).json()).workflow_run_id]).toEqual([
      202,
      run,
    ]);
    await project.endedRun(run);
    const after = await call("slow", { text: "x" }, "/slow");
    expect([after.status, after.headers.get("x-workflow-run-id")]).toEqual([200, run]);
  });

  it("with other inputs are refused, whatever the inputs are", async () => {
    await call("other", { text: "x", secret: "one" });
    for (const body of [{ text: "y", secret: "one" }, { text: "x", secret: "two" }, { text: "x" }]) {
      const answer = await call("other", body);
      expect([answer.status, (await answer.json()).message]).toEqual([409, expect.stringMatching(/come before/)]);
    }
    const form = (content: string) => {
      const data = new FormData();
      data.set("text", "x");
      data.set("file", new Blob([content]), "a.txt");
      return project.call("/roll", { method: "POST", body: data, headers: { "idempotency-key": "a file" } });
    };
    const statuses = [];
    for (const content of ["one", "one", "two"]) statuses.push((await form(content)).status);
    expect(statuses).toEqual([200, 200, 409]);
  });

  it("of two API keys, or of two workflows, do not meet", async () => {
    const { key } = await project.api(createKeyContract, { body: { name: "another caller" } });
    const mine = await call("1", { text: "x" });
    const headers = { "idempotency-key": "1", authorization: `Bearer ${key}` };
    const theirs = await project.post("/roll", { text: "y" }, { headers });
    expect([mine.status, theirs.status]).toEqual([200, 200]);
    expect((await call("1", { text: "z" }, "/slow")).status).toBe(202);
  });

  it("of a refused call may be used for the right one", async () => {
    expect((await call("mended", { text: 1 })).status).toBe(422);
    expect((await call("mended", { text: "x" })).status).toBe(200);
  });
});

it.each([
  ["empty", "", 400],
  ["of 255 characters", "k".repeat(255), 200],
  ["of 256 characters", "k".repeat(256), 400],
  ["of odd characters", "%00 'a' ÿ", 200],
])("a key %s is answered %i", async (_, key, status) => {
  expect((await call(key, { text: "x" })).status).toBe(status);
});

it("the project's document tells of the header", async () => {
  const document = await (await project.call("/openapi.json")).json();
  const { parameters, responses } = document.paths["/roll"].post;
  expect(parameters).toContainEqual(
    expect.objectContaining({ name: "Idempotency-Key", in: "header", required: false }),
  );
  expect(Object.keys(responses["200"].headers)).toContain("Idempotent-Replayed");
});

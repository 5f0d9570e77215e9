import { beforeAll, describe, expect, it } from "vitest";
import { listRunsContract } from "@/lib/runs/contract";
import { listEventsContract } from "@/lib/triggers/contract";
import { showWorkflowContract, stopWorkflowContract } from "@/lib/workflows/contract";
import { refusal } from "../support/checked";
import { TestProject } from "../support/project";
import { type EndpointSpec, triggerFile } from "../support/workflow-file";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode({
    id: "describe",
    inputs: { name: "string", file: { type: "file", optional: true }, wait: { type: "float", default_value: 0 } },
    outputs: { text: "string" },
    code: `
import time
class RyaxException(Exception):
    message: str
    code: int
def handle(i):
    time.sleep(i["wait"])
    if i["name"] == "nobody":
        raise RyaxException(message="Nobody is not welcome.", code=422)
    size = len(open(i["file"]).read()) if i["file"] else 0
    return {"text": f"{i['name']} {size}"}
`,
  });
});

const fields: EndpointSpec["inputs"] = {
  name: { type: "string", help: "Your name" },
  age: "integer",
  size: { type: "enum", enum_values: ["s", "l"] },
  agree: "boolean",
  file: { type: "file", optional: true },
};

async function form(settings: Record<string, unknown> = {}, more: Pick<EndpointSpec, "steps" | "results"> = {}) {
  const steps = { say: { use: "describe", with: { name: "=api.name", file: "=api.file" } } };
  const spec = { name: "Ask us", inputs: fields, steps, results: { answer: "say.text" }, ...more };
  const { id } = await project.deploy(triggerFile("postgw", settings, spec));
  return { id, url: `${project.url}/forms/${project.id}/${id}/submissions` };
}

const filled = (change: Record<string, string | Blob> = {}) => {
  const parts = new FormData();
  for (const [name, value] of Object.entries({ name: "Ada", age: "36", size: "s", agree: "true", ...change }))
    if (value !== "") parts.set(name, value);
  return parts;
};
/** As a visitor's browser sends it: without any key. */
const send = (url: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(url, { method: "POST", body, headers });
const runsOf = async (workflow: string) => (await project.api(listRunsContract, { query: { workflow } })).items;

describe("a form", () => {
  it("describes its fields and nothing else of the workflow", async () => {
    const { id, url } = await form({ submit_label: "Ask" });
    const described = await (await fetch(url)).json();
    expect(described).toMatchObject({ title: "Ask us", introduction: "", submitLabel: "Ask" });
    expect(described.inputs.map((input: { name: string }) => input.name)).toEqual([
      "name",
      "age",
      "size",
      "agree",
      "file",
    ]);
    expect(Object.keys(described)).toEqual(["title", "introduction", "submitLabel", "inputs"]);
    const { live } = await project.api(showWorkflowContract, { params: { project: project.id, workflow: id } });
    expect(live?.formUrl).toBe(`${project.url}/forms/${project.id}/${id}`);
  });

  it("starts a run with typed values, and its link answers with the result", async () => {
    const { id, url } = await form();
    const answer = await send(url, filled({ file: new Blob(["hello"]) }), { "user-agent": "test", cookie: "secret=1" });
    const sent = await answer.json();
    expect([answer.status, Object.keys(sent)]).toEqual([201, ["workflow_run_id", "result_link"]]);
    const result = await fetch(`${sent.result_link}&wait=20`);
    expect([result.status, await result.json()]).toEqual([200, { answer: "Ada 5" }]);
    const run = await project.showRun(sent.workflow_run_id);
    expect(run).toMatchObject({ source: "form", inputs: { name: "Ada", age: 36, size: "s", agree: true } });
    const headers = JSON.parse(run.inputs.ryax_headers as string);
    expect(headers["user-agent"]).toBe("test");
    expect(Object.keys(headers)).not.toContain("cookie");
    expect(await runsOf(id)).toHaveLength(1);
  });

  it("also takes JSON where no file must come with it", async () => {
    const { url } = await form();
    const body = JSON.stringify({ name: "Ada", age: 36, size: "s", agree: true });
    expect((await send(url, body, { "content-type": "application/json" })).status).toBe(201);
  });

  it("sent twice by one page is one run", async () => {
    const { id, url } = await form();
    const key = { "idempotency-key": "pressed-twice" };
    const sent = await Promise.all([send(url, filled(), key), send(url, filled(), key)]);
    const runs = await Promise.all(sent.map(async (answer) => (await answer.json()).workflow_run_id));
    expect([sent.map((answer) => answer.status), new Set(runs).size]).toEqual([[201, 201], 1]);
    expect(await runsOf(id)).toHaveLength(1);
  });

  it("that is not right is refused with what is wrong with each field", async () => {
    const { id, url } = await form();
    const answer = await send(url, filled({ name: "", age: "old", size: "m" }));
    expect([answer.status, (await answer.json()).errors.map((error: { path: string }) => error.path)]).toEqual([
      422,
      ["body.name", "body.age", "body.size"],
    ]);
    expect((await send(url, "name=x", { "content-type": "text/plain" })).status).toBe(415);
    expect(await runsOf(id)).toHaveLength(0);
  });

  it("tells whoever holds the link what an action answered, and waits for it", async () => {
    const { url } = await form();
    const { result_link: link } = await (await send(url, filled({ name: "nobody" }))).json();
    const failed = await fetch(`${link}&wait=20`);
    expect([failed.status, (await failed.json()).message]).toEqual([422, "Nobody is not welcome."]);
    const slow = await form(
      {},
      { steps: { say: { use: "describe", with: { name: "=api.name", file: null, wait: 1 } } } },
    );
    const sent = await (await send(slow.url, filled())).json();
    expect((await fetch(sent.result_link)).status).toBe(202);
    expect(await (await fetch(`${sent.result_link}&wait=20`)).json()).toEqual({ answer: "Ada 0" });
    expect((await fetch(`${sent.result_link}x&wait=20`)).status).toBe(404);
  });

  it("that is sent too often from one address is refused, which its events tell", async () => {
    const { id, url } = await form({ limit_per_minute: 2 });
    const answers = [];
    for (let count = 0; count < 3; count++) answers.push(await send(url, filled()));
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 429]);
    expect(answers[2]?.headers.get("retry-after")).toBe("60");
    const params = { project: project.id, workflow: id };
    const { items } = await project.api(listEventsContract, { params });
    expect(items.map((event) => [event.kind, event.outcome])).toEqual([
      ["form", "limited"],
      ["form", "started"],
      ["form", "started"],
    ]);
  });

  it("is open only while it is live, and only under its own project", async () => {
    const { id, url } = await form();
    const stranger = await TestProject.create();
    for (const project_ of [stranger.id, "nosuchproj", "%00", "a".repeat(100)])
      expect((await fetch(`${project.url}/forms/${project_}/${id}/submissions`)).status).toBe(404);
    const { id: endpoint } = await project.deployEndpoint({ path: "/no-form" });
    expect((await fetch(url.replace(id, endpoint))).status).toBe(404);
    await project.api(stopWorkflowContract, { params: { project: project.id, workflow: id }, body: {} });
    expect((await send(url, filled())).status).toBe(404);
    expect((await fetch(url.replace("/submissions", ""))).status).toBe(404);
  });
});

it("a form's wrong settings are refused at their places", async () => {
  const inputs: EndpointSpec["inputs"] = { a: { type: "string", origin: "query" }, ryax_headers: "string" };
  const error = await refusal(project.deploy(triggerFile("postgw", { limit_per_minute: 0 }, { inputs })));
  expect(error.issues.map((issue) => issue.path)).toEqual([
    "nodes.api.inputs.limit_per_minute",
    "nodes.api.dynamicOutputs.0",
    "nodes.api.dynamicOutputs.1",
  ]);
});

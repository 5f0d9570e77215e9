import { beforeAll, describe, expect, it } from "vitest";
import { type HttpMethod, httpMethods, methodsWithoutBody } from "@/lib/workflows/definition/http-endpoint";
import type { PackageSpec } from "../support/packages";
import { TestProject } from "../support/project";

const everyType = `
import os
def handle(i):
    os.makedirs("folder/sub")
    open("folder/sub/one.txt", "w").write("one")
    open("note ü.txt", "w").write("a note")
    return {"string": "text", "longstring": "a\\nb", "password": "hunter2", "enum": "red", "integer": 2**62,
            "float": 1, "boolean": True, "bytes": b"\\x00\\x01\\x02", "file": "note ü.txt", "directory": "folder",
            "nothing": None}
`;
const outputs = {
  string: "string",
  longstring: "longstring",
  password: "password",
  enum: { type: "enum", enum_values: ["red"] },
  integer: "integer",
  float: "float",
  boolean: "boolean",
  bytes: "bytes",
  file: "file",
  directory: "directory",
  nothing: { type: "string", optional: true },
} satisfies PackageSpec["outputs"];

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode(
    { id: "every-type", outputs, code: everyType },
    {
      id: "join-texts",
      inputs: { left: "string", right: "string" },
      outputs: { joined: "string" },
      code: "def handle(i): return {'joined': i['left'] + '+' + i['right']}\n",
    },
  );
});

it.concurrent("answers results by type, in the order in which they were chosen", async () => {
  const keys = ["boolean", "nothing", "string", "integer", "longstring", "bytes", "enum", "float", "password"];
  await project.deployEndpoint({
    path: "/types",
    steps: { types: { use: "every-type" } },
    results: Object.fromEntries(keys.map((key) => [key, `types.${key}`])),
  });
  const answer = await project.post("/types", {});
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(await answer.text()).toBe(
    '{"boolean":true,"nothing":null,"string":"text","integer":4611686018427387904,"longstring":"a\\nb","bytes":"AAEC","enum":"red","float":1,"password":"hunter2"}',
  );
});

it.concurrent("answers results of any node, the trigger's included, under keys of any kind", async () => {
  await project.deployEndpoint({
    path: "/any-node",
    inputs: { a: "string" },
    steps: {
      left: { use: "join-texts", with: { left: "=api.a", right: "L" } },
      right: { use: "join-texts", with: { left: "=api.a", right: "R" } },
      both: { use: "join-texts", with: { left: "=left.joined", right: "=right.joined" }, after: ["left", "right"] },
    },
    results: { "sent in": "api.a", "ü.key": "left.joined", both: "both.joined", again: "both.joined" },
  });
  expect(await (await project.post("/any-node", { a: "x" })).json()).toEqual({
    "sent in": "x",
    "ü.key": "x+L",
    both: "x+L+x+R",
    again: "x+L+x+R",
  });
});

it.concurrent("answers {} where no results were chosen, with the run's id in a header", async () => {
  await project.deployEndpoint({ path: "/no-results", inputs: { a: { type: "string", optional: true } } });
  const answer = await project.post("/no-results", {});
  expect([answer.status, await answer.text()]).toEqual([200, "{}"]);
  const run = await project.showRun(answer.headers.get("x-workflow-run-id") ?? "");
  expect(run).toMatchObject({ state: "completed", source: "http", http: { status: 200, answered: 200 } });
  expect(run.keyName).toBe("test");
});

describe("the status", () => {
  const hasBody = (method: HttpMethod) => !methodsWithoutBody.includes(method);

  it.concurrent.each(httpMethods)("of a %s may be 201", async (method) => {
    await project.deployEndpoint({
      path: "/created",
      method,
      status: 201,
      inputs: { text: { type: "string" } },
      results: { text: "api.text" },
    });
    const path = hasBody(method) ? "/created" : "/created?text=hi";
    const answer = await (hasBody(method)
      ? project.post(path, { text: "hi" }, { method })
      : project.call(path, { method }));
    expect([answer.status, await answer.json()]).toEqual([201, { text: "hi" }]);
  });
});

describe("files", () => {
  it.concurrent("are the whole answer where one is chosen", async () => {
    await project.deployEndpoint({
      path: "/file",
      status: 201,
      steps: { types: { use: "every-type" } },
      resultFile: "types.file",
    });
    const answer = await project.post("/file", {});
    expect([answer.status, await answer.text()]).toEqual([201, "a note"]);
    expect(answer.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''note%20%C3%BC.txt");
  });

  it.concurrent("of a folder are a zip", async () => {
    await project.deployEndpoint({
      path: "/folder",
      steps: { types: { use: "every-type" } },
      resultFile: "types.directory",
    });
    const answer = await project.post("/folder", {});
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/zip"]);
    expect(answer.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''folder.zip");
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([bytes.subarray(0, 2).toString(), bytes.includes("sub/one.txt")]).toEqual(["PK", true]);
  });

  it.concurrent("among JSON results are links that whoever holds them may follow, and no others", async () => {
    await project.deployEndpoint({
      path: "/links",
      steps: { types: { use: "every-type" } },
      results: { file: "types.file", text: "types.string" },
    });
    const { file, text } = await (await project.post("/links", {})).json();
    expect(text).toBe("text");
    const fetched = await fetch(file);
    expect([fetched.status, await fetched.text()]).toEqual([200, "a note"]);
    const other = new URL(file);
    other.searchParams.set("file", "0".repeat(64));
    expect((await fetch(other)).status).toBe(404);
    const unsigned = new URL(file);
    unsigned.searchParams.delete("token");
    expect((await fetch(unsigned)).status).toBe(404);
  });
});

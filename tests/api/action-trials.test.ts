import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, expect, it } from "vitest";
import { listActionsContract, readPackageContract } from "@/lib/actions/contract";
import { tryActionContract } from "@/lib/actions/trial/contract";
import { issuesByPath, refusal } from "../support/checked";
import { testHome } from "../support/instance";
import { TestProject } from "../support/project";
import { packageOf, tryPackage } from "../support/trial";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

const shout = {
  id: "shout-it",
  inputs: { text: "string", times: { type: "integer", default_value: 2 } },
  outputs: { loud: "string" },
  code: `
import sys
def handle(inputs):
    print("shouting")
    print("to stderr", file=sys.stderr)
    return {"loud": inputs["text"].upper() * inputs["times"]}
`,
} as const;

it("runs a package, tells its log, and keeps nothing", async () => {
  const before = await project.api(listActionsContract);
  const { told, end } = await tryPackage(project, shout, { text: "ab" });
  expect(end).toMatchObject({ state: "completed", outputs: { loud: { kind: "value", value: "ABAB" } }, error: null });
  expect(end.durationMs).toBeGreaterThan(0);
  const lines = [
    { stream: "stdout", line: "shouting" },
    { stream: "stderr", line: "to stderr" },
  ];
  expect(end.log).toEqual(expect.arrayContaining(lines));
  expect(told).toEqual(expect.arrayContaining(lines));
  expect(await project.api(listActionsContract)).toEqual(before);
  const kept = await readdir(join(testHome(), "packages")).catch(() => [] as string[]);
  expect(kept.filter((name) => name.startsWith("trial-"))).toEqual([]);
});

it("runs a Node package with a dependency of its own", async () => {
  const { end } = await tryPackage(
    project,
    {
      id: "slug-it",
      type: "nodejs",
      inputs: { text: "string" },
      outputs: { slug: "string" },
      code: `const slugify = require("slugify");\nmodule.exports.handle = async ({ text }) => ({ slug: slugify(text) });\n`,
      files: { "package.json": JSON.stringify({ dependencies: { slugify: "1.6.6" } }) },
    },
    { text: "Two words" },
  );
  expect(end.outputs?.slug).toEqual({ kind: "value", value: "Two-words" });
});

it("names the line of a syntax error and of what a handler raises", async () => {
  const broken = await tryPackage(project, { ...shout, code: "def handle(inputs):\n    return {\n" }, { text: "a" });
  expect(broken.end).toMatchObject({ state: "failed", durationMs: null, error: { type: "BuildFailed" } });
  expect(broken.end.problem).toMatchObject({ path: "ryax_handler.py", line: 2 });
  const code = "import json\n\ndef handle(inputs):\n    return json.loads('{')\n";
  const raised = await tryPackage(project, { ...shout, code }, { text: "a" });
  expect(raised.end.error?.type).toBe("JSONDecodeError");
  expect(raised.end.problem).toMatchObject({ path: "ryax_handler.py", line: 4 });
  const node = { ...shout, type: "nodejs" as const, code: "exports.handle = () => {\n  throw new Error('no');\n};\n" };
  expect((await tryPackage(project, node, { text: "a" })).end.problem).toMatchObject({
    path: "ryax_handler.js",
    line: 2,
  });
});

it("checks outputs against the metadata, and shows files by their beginning", async () => {
  const wrong = await tryPackage(
    project,
    { ...shout, code: "def handle(inputs): return {'loud': None}\n" },
    { text: "a" },
  );
  expect(wrong.end.error).toMatchObject({ type: "OutputInvalid", message: expect.stringContaining("“loud”") });
  const { end } = await tryPackage(
    project,
    {
      id: "copy-it",
      inputs: { file: "file" },
      outputs: { copy: "file", size: "integer", large: "longstring" },
      code: `
def handle(inputs):
    text = open(inputs["file"]).read()
    open("copy.txt", "w").write(text * 2)
    return {"copy": "copy.txt", "size": len(text), "large": "x" * 300_000}
`,
    },
    { file: { name: "a.txt", base64: Buffer.from("höhe").toString("base64") } },
  );
  expect(end.outputs?.copy).toEqual({ kind: "file", name: "copy.txt", size: 10, beginning: "höhehöhe" });
  expect(end.outputs?.size).toEqual({ kind: "value", value: 4 });
  expect(end.outputs?.large).toMatchObject({ kind: "large", size: 300_002 });
});

it("shows no password that was given to it", async () => {
  const code = "def handle(i):\n    print('got', i['secret'])\n    raise ValueError(i['secret'])\n";
  const { told, end } = await tryPackage(
    project,
    { id: "leaky", inputs: { secret: "password" }, code },
    { secret: "hunter2-of-the-author" },
  );
  expect(JSON.stringify({ told, end })).not.toContain("hunter2");
  expect(end.log).toContainEqual({ stream: "stdout", line: "got ••••••" });
});

it("refuses a package or inputs that are not right, before anything runs", async () => {
  const send = (body: Parameters<typeof project.raw<typeof tryActionContract>>[1]) =>
    refusal(project.raw(tryActionContract, body));
  const missing = await send({ params: { project: project.id }, body: { package: await packageOf(shout) } });
  expect([missing.code, issuesByPath(missing)]).toEqual(["invalid_input", { "body.inputs.text": "is required" }]);
  const spec = { ...shout, id: "NO" };
  const invalid = await send({ params: { project: project.id }, body: { package: await packageOf(spec) } });
  expect(invalid.code).toBe("invalid_package");
  expect(invalid.issues[0]).toMatchObject({ path: "ryax_metadata.yaml", line: expect.any(Number) });
  const noZip = await send({ params: { project: project.id }, body: { package: "bm8gemlw" } });
  expect(noZip.code).toBe("invalid_package");
});

it("stops the handler when its caller hangs up", async () => {
  const hangUp = new AbortController();
  const code = `
import time
def handle(inputs):
    print("begun", flush=True)
    time.sleep(40)
`;
  const response = await fetch(`${project.url}/api/v1/projects/${project.id}/action-trials`, {
    method: "POST",
    headers: { authorization: `Bearer ${project.admin.token}`, "content-type": "application/json" },
    body: JSON.stringify({ package: await packageOf({ id: "sleepy", code }), inputs: {} }),
    signal: hangUp.signal,
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  for (let text = ""; !text.includes("begun"); ) text += Buffer.from((await reader.read()).value ?? []).toString();
  const folders = async () => (await readdir(join(testHome(), "packages"))).filter((name) => name.startsWith("trial-"));
  expect(await folders()).not.toEqual([]);
  hangUp.abort();
  // Its folder goes once its process has gone.
  await expect.poll(folders, { timeout: 15_000 }).toEqual([]);
});

it("gives the files of a version as they were pushed", async () => {
  await project.pushCode({ ...shout, files: { "data/words.txt": "one two" } });
  const params = { project: project.id, action: "shout-it", version: "1.0" };
  const answer = await project.raw(readPackageContract, { params });
  expect(answer.headers.get("content-type")).toBe("application/zip");
  expect(answer.headers.get("content-disposition")).toContain("shout-it-1.0.zip");
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  expect(Object.keys(files).sort()).toEqual(["data/words.txt", "ryax_handler.py", "ryax_metadata.yaml"]);
  expect(strFromU8(files["ryax_handler.py"] as Uint8Array)).toBe(shout.code);
});

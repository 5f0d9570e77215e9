import { beforeAll, describe, expect, it } from "vitest";
import { maxValueBytes } from "@/lib/values";
import { TestProject } from "../support/project";
import { executeAction, linesOf, logsOf } from "../support/step";
import { zipOf } from "../support/zip";

const mib = 1024 * 1024;
const types = {
  a_string: "string",
  a_longstring: "longstring",
  a_password: "password",
  an_enum: { type: "enum", enum_values: ["red", "green"] },
  an_integer: "integer",
  a_float: "float",
  a_boolean: "boolean",
  some_bytes: "bytes",
  a_file: "file",
  a_directory: "directory",
} as const;

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushFixtures(
    ...["every-type", "node-every-type", "large-values", "odd-texts", "node-odd-texts", "echo-paths", "uses-password"],
  );
}, 120_000);

/** An endpoint that hands all it is sent to an action, and answers what that gives. */
async function deployThrough(path: string, use: string, inputs: Record<string, unknown>, outputs: string[]) {
  await project.deployEndpoint({
    path,
    inputs: inputs as typeof types extends infer T ? { -readonly [K in keyof T]: never } : never,
    steps: { only: { use, with: Object.fromEntries(Object.keys(inputs).map((name) => [name, `=api.${name}`])) } },
    results: Object.fromEntries(outputs.map((name) => [name, `only.${name}`])),
  });
}

describe.each([
  [
    "every-type",
    "[('a_boolean', 'bool'), ('a_directory', 'str'), ('a_file', 'str'), ('a_float', 'float'), ('a_longstring', 'str'), ('a_password', 'str'), ('a_string', 'str'), ('an_enum', 'str'), ('an_integer', 'int'), ('some_bytes', 'bytes')]",
  ],
  [
    "node-every-type",
    '{"a_boolean":"boolean","a_directory":"string","a_file":"string","a_float":"number","a_longstring":"string","a_password":"string","a_string":"string","an_enum":"string","an_integer":"number","some_bytes":"Buffer"}',
  ],
])("%s", (use, seen) => {
  it("gets and gives a value of each type", async () => {
    await deployThrough(`/${use}`, use, types, [...Object.keys(types), "seen", "names"]);
    const body = new FormData();
    const plain = {
      a_string: "text ü",
      a_longstring: "a longer line",
      a_password: "hunter2",
      an_enum: "green",
      an_integer: "12",
      a_float: "3",
      a_boolean: "true",
      some_bytes: "AP8Q",
    };
    for (const [name, value] of Object.entries(plain)) body.append(name, value);
    body.append("a_file", new Blob(["content"]), "my data.csv");
    body.append("a_directory", new Blob([await zipOf({ "b.txt": "b", "a.txt": "a" })]), "some folder.zip");
    const answer = await project.call(`/${use}`, { method: "POST", body });
    const { a_file, a_directory, ...values } = await answer.json();
    expect(values).toEqual({
      ...plain,
      an_integer: 12,
      a_float: 3,
      a_boolean: true,
      seen: expect.anything(),
      names: "my data.csv,some folder:a.txt,b.txt",
    });
    const sorted = use.startsWith("node")
      ? JSON.stringify(JSON.parse(values.seen), Object.keys(types).sort())
      : values.seen;
    expect(sorted).toBe(seen);
    expect(await (await fetch(a_file)).text()).toBe("content!");
    const zip = Buffer.from(await (await fetch(a_directory)).arrayBuffer());
    expect(zip.includes("deep/a.txt") && zip.includes("deep/b.txt")).toBe(true);
  });
});

it.concurrent("paths that came in go out unchanged, with their names and contents", async () => {
  await project.deployEndpoint({
    path: "/echo-paths",
    inputs: { file: "file", directory: "directory" },
    steps: {
      first: { use: "echo-paths", with: { file: "=api.file", directory: "=api.directory" } },
      second: { use: "echo-paths", with: { file: "=first.file", directory: "=first.directory" }, after: ["first"] },
    },
    results: { file: "second.file", directory: "second.directory" },
  });
  const body = new FormData();
  body.append("file", new Blob([new Uint8Array(3 * mib).fill(7)]), "ü big.bin");
  body.append("directory", new Blob([await zipOf({ "x/y.txt": "why" })]), "tree.zip");
  const { file, directory } = await (await project.call("/echo-paths", { method: "POST", body })).json();
  const fetched = await fetch(file);
  expect(fetched.headers.get("content-disposition")).toContain(encodeURIComponent("ü big.bin"));
  expect(Buffer.from(await fetched.arrayBuffer()).equals(Buffer.alloc(3 * mib, 7))).toBe(true);
  expect((await fetch(directory)).headers.get("content-disposition")).toContain("tree.zip");
});

describe("large values", () => {
  beforeAll(() =>
    deployThrough("/large", "large-values", { size: "integer", text: { type: "longstring", optional: true } }, [
      "text",
      "length",
    ]),
  );

  it.each([0, 32 * 1024 - 3, 32 * 1024, mib, 16 * mib])("of %i bytes go through in both directions", async (size) => {
    const answer = await project.post("/large", { size, text: "y".repeat(size) });
    const { text, length } = await answer.json();
    expect([answer.status, length, text.length, /^x*$/.test(text)]).toEqual([200, size, size, true]);
  });

  it("of 64 MiB still do", async () => {
    const size = maxValueBytes - 2;
    const answer = await project.post("/large", { size });
    expect([answer.status, Number((await answer.text()).length)]).toEqual([
      200,
      size + '{"text":"","length":0}'.length,
    ]);
  }, 60_000);

  it("beyond 64 MiB fail the step, which says to return a file", async () => {
    const { step } = await executeAction(project, "large-values", { size: maxValueBytes + 1 });
    expect(step).toMatchObject({ state: "failed", error: { type: "OutputInvalid" } });
    expect(step.error?.message).toMatch(/64 MiB; return it as a file/);
  }, 60_000);

  it("that pass 64 MiB once they are written as text fail the step, too", async () => {
    // Each quote is two characters in JSON, and four as a text of that JSON.
    const code = "def handle(inputs):\n    return {'text': {'quotes': '\"' * (17 << 20)}}\n";
    await project.pushCode({ id: "growing", outputs: { text: "longstring" }, code });
    const { step } = await executeAction(project, "growing", {});
    expect(step).toMatchObject({ state: "failed", error: { type: "OutputInvalid" } });
    expect(step.error?.message).toMatch(/“text” is larger than 64 MiB; return it as a file/);
  }, 60_000);
});

describe.each(["odd-texts", "node-odd-texts"])("%s", (use) => {
  const odd = "ü ☀ 東京 🎉 \ud83d \u0000 \u2028 end";

  it.concurrent("come and go unchanged, but for what a log cannot hold", async () => {
    await deployThrough(`/${use}`, use, { text: "string" }, ["same", "more", "codes"]);
    const answer = await project.post(`/${use}`, { text: odd });
    const { same, more, codes } = await answer.json();
    expect([answer.status, same, more]).toEqual([200, odd, odd]);
    expect(codes).toBe([...odd].map((char) => char.codePointAt(0)).join());
    const run = await project.showRun(answer.headers.get("x-workflow-run-id") ?? "");
    expect(run.steps[1]?.outputs?.same).toBe(odd);
  });

  it.concurrent("in a log are one line, whatever they hold", async () => {
    const { logs } = await executeAction(project, use, { text: "a\u2028b \u0000 c ü" });
    expect(linesOf(logs)).toEqual([["stdout", "a\u2028b \ufffd c ü"]]);
  });
});

describe("a password", () => {
  const secret = "s3cr3t/pass word+ü";
  const forms = [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64"),
    [...secret].reverse().join(""),
  ];

  it.concurrent("is nowhere to be read, in whatever form the handler wrote it", async () => {
    const { run, step, logs } = await executeAction(project, "uses-password", { secret, fail: false });
    expect(step.outputs).toEqual({ length: secret.length, carried: "••••••", token: "••••••" });
    expect(linesOf(logs)).toEqual([
      ["stdout", "secret is ••••••"],
      ["stdout", "quoted •••••• coded ••••••"],
      ["stderr", "in a line with ••••••••••••"],
    ]);
    for (const form of forms) expect(JSON.stringify([run, logs])).not.toContain(form);
  });

  it.concurrent("is not in an error either", async () => {
    const { step } = await executeAction(project, "uses-password", { secret, fail: true });
    expect(step.error).toMatchObject({ type: "ValueError", message: "refused ••••••" });
  });
});

describe("an integer beyond 2^53", () => {
  const long = "9223372036854775807";
  const jsonBody = { method: "POST", body: `{"number": ${long}}`, headers: { "content-type": "application/json" } };

  it("reaches a Python handler and comes back, digit by digit", async () => {
    await project.pushCode({
      id: "add-nothing",
      code: "def handle(i):\n    return {'same': i['number'], 'kind': type(i['number']).__name__}\n",
      inputs: { number: "integer" },
      outputs: { same: "integer", kind: "string" },
    });
    await deployThrough("/long", "add-nothing", { number: "integer" }, ["same", "kind"]);
    const answer = await project.call("/long", jsonBody);
    expect(await answer.text()).toBe(`{"same":${long},"kind":"int"}`);
  });

  it("reaches a Node handler as text, which its log says, and comes back as a BigInt", async () => {
    await project.pushCode({
      id: "node-add-nothing",
      type: "nodejs",
      code: "module.exports = (i) => ({ same: BigInt(i.number), kind: typeof i.number });",
      inputs: { number: "integer" },
      outputs: { same: "integer", kind: "string" },
    });
    await deployThrough("/node-long", "node-add-nothing", { number: "integer" }, ["same", "kind"]);
    const answer = await project.call("/node-long", jsonBody);
    expect(await answer.text()).toBe(`{"same":${long},"kind":"string"}`);
    const logs = await logsOf(project, answer.headers.get("x-workflow-run-id") ?? "");
    expect(logs).toContainEqual(
      expect.objectContaining({ stream: "system", line: expect.stringContaining("“number”") }),
    );
  });
});

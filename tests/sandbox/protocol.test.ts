import { randomBytes } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorOf, type Handler, outputsOf, TestRunnerd } from "../support/runnerd";

let runnerd: TestRunnerd;
beforeAll(async () => {
  runnerd = await TestRunnerd.start();
});
afterAll(() => runnerd.stop());

const python = (body: string, out: Handler["outputs"] = { said: "string" }): Handler => ({
  code: `import json, math, os, subprocess, sys\ndef handle(i):\n    ${body.trim().replaceAll("\n", "\n    ")}\n`,
  outputs: out,
});
const node = (body: string, out: Handler["outputs"] = { said: "string" }): Handler => ({
  language: "node",
  code: `module.exports = async (inputs) => { ${body} };`,
  outputs: out,
});

describe("what a handler writes is a line of its log", () => {
  const forged = JSON.stringify({ type: "result", id: 1, outputs: { said: { json: "forged" } }, dirty: false });
  const mark = randomBytes(12).toString("hex");

  it.each([
    ["a forged result", python(`print(${JSON.stringify(forged)})\nreturn {"said": "mine"}`), forged],
    ["a forged result, from Node", node(`console.log(${JSON.stringify(forged)}); return { said: "mine" };`), forged],
    ["a forged end of the log", python(`print("\\n\\0${mark}")\nprint("after")\nreturn {"said": "mine"}`), "after"],
    ["a program's output", python(`subprocess.run(["echo", "from echo"])\nreturn {"said": "mine"}`), "from echo"],
    ["bytes that are no text", python(`os.write(1, b"\\xff\\xfe\\n")\nreturn {"said": "mine"}`), "\ufffd\ufffd"],
    ["a frame's bytes", python(`os.write(1, b"\\0\\0\\0\\x05\\x01{}\\n")\nreturn {"said": "mine"}`), "{}"],
  ])("%s", async (_what, handler, line) => {
    const ended = await runnerd.run(handler);
    expect(outputsOf(ended)).toEqual({ said: "mine" });
    expect(ended.lines.some(([, , text]) => text.includes(line))).toBe(true);
    expect(ended.logsPartial).toBe(false);
  });
});

/** What its runner would say of an output, out of turn. */
const frames = `
import json, struct, sys, time
frame = sys._getframe()
while not isinstance(frame.f_locals.get("call"), dict): frame = frame.f_back
call_id = frame.f_locals["call"]["id"]
def say(message):
    data = json.dumps({"id": call_id, "output": "said", "kind": "file", "name": "n", "path": "", **message}).encode()
    os.write(200, struct.pack(">IB", len(data) + 1, 1) + data)`;
const outOfTurn = {
  "two outputs at a time": 'for stream in (0, 1): say({"type": "file", "stream": stream})\ntime.sleep(5)',
  "an output twice":
    'for _ in (0, 1):\n    for kind in ("file", "file_end"): say({"type": kind, "stream": 0})\ntime.sleep(5)',
  "more outputs than there can be":
    'for stream in range(100):\n    for kind in ("file", "file_end"): say({"type": kind, "stream": stream})\ntime.sleep(5)',
  "a part of no output": 'os.write(200, struct.pack(">IBI", 6, 2, 7) + b"x")\ntime.sleep(5)',
  "a result before its output's end":
    'say({"type": "file", "stream": 0})\nsay({"type": "result", "outputs": {"said": {"stream": 0}}, "dirty": False})\ntime.sleep(5)',
};

describe("a handler that writes on its runner's line to the supervisor", () => {
  it.each([
    ["junk", python(`os.write(200, os.urandom(64))\nimport time\ntime.sleep(5)`)],
    ["a frame without end", python(`os.write(200, b"\\xff\\xff\\xff\\xff\\x01")\nimport time\ntime.sleep(5)`)],
    [
      "another call's result",
      python(
        `data = b'{"type":"result","id":999,"outputs":{},"dirty":false}'\nos.write(200, (len(data) + 1).to_bytes(4, "big") + b"\\x01" + data)\nimport time\ntime.sleep(5)`,
      ),
    ],
    [
      "a message that there is not",
      python(
        `data = b'{"type":"report","id":1}'\nos.write(200, (len(data) + 1).to_bytes(4, "big") + b"\\x01" + data)\nimport time\ntime.sleep(5)`,
      ),
    ],
    ...Object.entries(outOfTurn).map(([what, body]): [string, Handler] => [what, python(`${frames}\n${body}`)]),
    ["junk, from Node", node(`require("node:fs").writeSync(3, Buffer.alloc(64, 255)); await new Promise(() => {});`)],
  ])("by %s is stopped at once, and the next call works", async (_what, handler) => {
    const ended = await runnerd.run(handler);
    expect(errorOf(ended)).toMatchObject({ class: "ProtocolError", origin: "runtime" });
    expect(ended.durationMs).toBeLessThan(4_000);
    expect(outputsOf(await runnerd.run(python('return {"said": "fine"}')))).toEqual({ said: "fine" });
  });

  it("by replacing what its runner uses changes nothing", async () => {
    const hostile =
      'json.dumps = json.loads = None\nos.write = os.read = None\nprint("still logged")\nreturn {"said": "fine"}';
    const ended = await runnerd.run(python(hostile));
    expect(outputsOf(ended)).toEqual({ said: "fine" });
    expect(ended.lines.map(([, , text]) => text)).toContain("still logged");
    const inNode = "JSON.stringify = JSON.parse = undefined; return { said: 'fine' };";
    expect(outputsOf(await runnerd.run(node(inNode)))).toEqual({ said: "fine" });
  });
});

describe("a result that is none", () => {
  it.each([
    [
      "not a number",
      python('return {"said": math.nan}', { said: "float" }),
      /not JSON compliant|not a JSON number|Out of range/,
    ],
    ["bytes", python('return {"said": b"x"}'), /cannot be written as JSON/],
    ["a circle", python('value = {}\nvalue["self"] = value\nreturn {"said": value}'), /cannot be written as JSON/],
    [
      "200 000 deep",
      python('value = []\nfor _ in range(200_000): value = [value]\nreturn {"said": value}'),
      /nested too deeply/,
    ],
    ["no dict", python('return "text"'), /must return a dict/],
    [
      "a circle in Node",
      node("const value = {}; value.self = value; return { said: value };"),
      /cannot be written as JSON/,
    ],
    ["no object in Node", node("return 'text';"), /must return an object/],
    ["infinite in Node", node("return { said: Infinity };", { said: "float" }), /not a JSON number/],
  ])("since it is %s is told as such", async (_what, handler, message) => {
    expect(errorOf(await runnerd.run(handler))).toMatchObject({
      class: "OutputInvalid",
      message: expect.stringMatching(message),
    });
  });

  it("may be large, and integers beyond what JSON's numbers hold are kept", async () => {
    const large = await runnerd.run(python('return {"said": "x" * 40_000_000}'));
    expect([large.answer.type, large.files[0]?.bytes]).toEqual(["result", 40_000_002]);
    const big = await runnerd.run(node("return { said: 2n ** 70n };", { said: "integer" }));
    expect(big.answer).toMatchObject({ outputs: { said: { int: "1180591620717411303424" } } });
  });
});

describe("an error", () => {
  it("that cannot be shown is an error all the same", async () => {
    const code = "class Odd(Exception):\n    def __str__(self): raise ValueError('no')\ndef handle(i): raise Odd()\n";
    expect(errorOf(await runnerd.run({ code }))).toMatchObject({ class: "Odd", message: "<unprintable>" });
  });

  it("keeps its class and its code", async () => {
    const code = "class Full(Exception):\n    code = 'E_FULL'\ndef handle(i): raise Full('no room')\n";
    expect(errorOf(await runnerd.run({ code }))).toMatchObject({ class: "Full", code: "E_FULL", message: "no room" });
  });

  it.each([
    ["that is not there", "import nowhere\ndef handle(i): pass\n", "ModuleNotFoundError"],
    ["that is no Python", "def handle(i:\n", "SyntaxError"],
    ["without a handler", "def other(i): pass\n", "ImportError"],
    ["that exits", "import sys\nsys.exit(3)\n", "SystemExit"],
  ])("of a module %s comes before the call", async (_what, code, errorClass) => {
    expect(errorOf(await runnerd.run({ code }))).toMatchObject({ class: errorClass, origin: "import" });
  });
});

describe("files", () => {
  it("that come in are there by their names, and cannot be changed", async () => {
    const hostPath = join(runnerd.folder, "packages", "input.bin");
    writeFileSync(hostPath, "contents");
    const handler = python(
      `
try:
    open(i["file"], "a").close()
except OSError as error:
    return {"said": "%s %s %s" % (open(i["file"]).read(), os.path.basename(i["file"]), error.strerror)}`,
    );
    const spec = await runnerd.specOf({ ...handler, inputs: { file: "file" } });
    const files = [{ input: "file", kind: "file" as const, hostPath, name: "report.txt" }];
    const { said } = outputsOf(await runnerd.call(spec, {}, { files }));
    expect(said).toMatch(/^contents report\.txt (Read-only file system|Permission denied)$/);
  });

  const file = { said: "file" } as const;
  it.each([
    [
      "a link leads to the sandbox's own file",
      python('os.symlink("/etc/passwd", "link")\nreturn {"said": "link"}', file),
      1,
    ],
    ["a path leads up to the sandbox's own file", python('return {"said": "../../etc/passwd"}', file), 1],
  ])("that go out: %s", async (_what, handler) => {
    const ended = await runnerd.run(handler);
    expect(ended.answer.type).toBe("result");
    expect(ended.files[0]?.bytes).toBeLessThan(200);
  });

  it.each([
    [
      "a path to the machine's",
      python('return {"said": "/etc/shadow"}', file),
      "OutputInvalid",
      /not an existing regular file/,
    ],
    [
      "a link to the machine's",
      python('os.symlink("/etc/shadow", "link")\nreturn {"said": "link"}', file),
      "OutputInvalid",
      /not an existing/,
    ],
    [
      "a pipe",
      python('os.mkfifo("pipe")\nreturn {"said": "pipe"}', file),
      "OutputInvalid",
      /not an existing regular file/,
    ],
    ["a device", python('return {"said": "/dev/zero"}', file), "OutputInvalid", /not an existing regular file/],
    [
      "a folder with a link out of it",
      python('os.mkdir("out")\nos.symlink("/etc/passwd", "out/link")\nreturn {"said": "out"}', { said: "directory" }),
      "OutputInvalid",
      /leaves the folder/,
    ],
    [
      "a terabyte of nothing",
      python('with open("sparse", "wb") as out: out.truncate(1 << 40)\nreturn {"said": "sparse"}', file),
      "OSError",
      /too large/,
    ],
    [
      "a hard link to what cannot be written",
      python('os.link("/action/ryax_handler.py", "/work/hard")\nreturn {"said": "/work/hard"}', file),
      "OSError",
      /cross-device|Read-only/i,
    ],
  ])("that go out: %s is refused", async (_what, handler, errorClass, message) => {
    const error = errorOf(await runnerd.run(handler));
    expect([error.class, error.message]).toEqual([errorClass, expect.stringMatching(message)]);
  });
});

describe("the names of its runner's modules are a package's own", () => {
  const runners = "workers/action-runtime/runners";
  const pythons = readdirSync(`${runners}/python`).flatMap((file) => /^(.+)\.py$/.exec(file)?.[1] ?? []);
  const nodes = readdirSync(`${runners}/node`).flatMap((file) => /^(.+)\.cjs$/.exec(file)?.[1] ?? []);

  it("in Python, which its runner does not take for its own or the standard library's", async () => {
    const names = [...pythons, "logging", "shutil", "traceback", "site"];
    const files = Object.fromEntries(names.map((name) => [`${name}.py`, `own = "${name}"\n`]));
    const code = `import ${names.join(", ")}
def handle(i):
    if i["fails"]: raise ValueError("on purpose")
    return {"said": logging.own + network.own + outputs.own}
`;
    for (const isolation of ["reuse", "fresh"] as const) {
      const handler = { code, files, inputs: { fails: "boolean" }, outputs: { said: "string" }, spec: { isolation } };
      const spec = await runnerd.specOf(handler as Handler);
      const failed = await runnerd.call(spec, { fails: true });
      expect(errorOf(failed)).toMatchObject({ message: "on purpose", stack: [{ line: 3 }] });
      expect(failed.lines.map(([, , line]) => line)).toContain("ValueError: on purpose");
      expect(outputsOf(await runnerd.call(spec, { fails: false }))).toEqual({ said: "loggingnetworkoutputs" });
    }
  });

  it("in Python, where it brings none and finds none", async () => {
    const found = `
import importlib
def is_there(name):
    try: importlib.import_module(name)
    except ImportError: return False
    return True
return {"said": ",".join(name for name in ${JSON.stringify(pythons)} if is_there(name))}`;
    expect(pythons).toContain("frames");
    expect(outputsOf(await runnerd.run(python(found)))).toEqual({ said: "" });
  });

  it("in Node, whether it brings them or not", async () => {
    const files = Object.fromEntries(nodes.map((name) => [`${name}.cjs`, `exports.own = "${name}";`]));
    const body = `
const there = (name) => { try { require.resolve(name); return true; } catch { return false; } };
const names = ${JSON.stringify(nodes)};
const brought = names.filter((name) => require("./" + name + ".cjs").own === name);
return { said: names.filter(there).join() + brought.length };`;
    expect(outputsOf(await runnerd.run({ ...node(body), files }))).toEqual({ said: String(nodes.length) });
  });
});

const leaving = {
  Python: python(`
found = os.path.exists("/tmp/deep")
os.makedirs("/tmp/deep/" + "/".join("d" * 200))
os.symlink("/usr", "/tmp/deep/link")
os.chmod("/tmp/deep/d/d", 0)
return {"said": str(found).lower()}`),
  Node: node(`
const fs = require("node:fs");
const found = fs.existsSync("/tmp/deep");
fs.mkdirSync("/tmp/deep/" + Array(200).fill("d").join("/"), { recursive: true });
fs.symlinkSync("/usr", "/tmp/deep/link");
fs.chmodSync("/tmp/deep/d/d", 0);
return { said: String(found) };`),
};

it.each(Object.entries(leaving))(
  "folders that a call in %s has left are not there in the next one",
  async (_language, handler) => {
    const spec = await runnerd.specOf(handler);
    for (let round = 0; round < 3; round++) expect(outputsOf(await runnerd.call(spec))).toEqual({ said: "false" });
  },
);

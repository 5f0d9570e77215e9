import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorOf, type Handler, outputsOf, TestRunnerd } from "../support/runnerd";

let runnerd: TestRunnerd;
beforeAll(async () => {
  runnerd = await TestRunnerd.start();
});
afterAll(() => runnerd.stop());

const outputs = { calls: "integer", left: "boolean" } as const;
const counters: Record<string, Handler> = {
  python: {
    code: `
import os
calls = []
def handle(i):
    calls.append(1)
    os.environ["LEFT"] = "1" if len(calls) > 1 else os.environ.get("LEFT", "")
    places = ["/tmp/left", "/dev/shm/left", "left"]
    left = any(os.path.exists(place) for place in places)
    for place in places: open(place, "w").close()
    return {"calls": len(calls), "left": left}
`,
    outputs,
  },
  node: {
    language: "node",
    code: `
const fs = require("node:fs");
let calls = 0;
module.exports = () => {
  const places = ["/tmp/left", "/dev/shm/left", "left"];
  const left = places.some((place) => fs.existsSync(place));
  for (const place of places) fs.writeFileSync(place, "");
  return { calls: ++calls, left };
};`,
    outputs,
  },
};

describe.each(Object.entries(counters))("%s", (_language, handler) => {
  it("finds what an earlier call left in memory where calls share a process, but none of its files", async () => {
    const spec = await runnerd.specOf(handler);
    const counts = [];
    for (let round = 0; round < 3; round++) counts.push(outputsOf(await runnerd.call(spec)));
    expect(counts).toEqual([1, 2, 3].map((calls) => ({ calls, left: false })));
  });

  it("finds nothing of an earlier call where each is fresh, however many come at once", async () => {
    const spec = await runnerd.specOf({ ...handler, spec: { isolation: "fresh" } });
    for (let round = 0; round < 5; round++)
      expect(outputsOf(await runnerd.call(spec))).toEqual({ calls: 1, left: false });
    const atOnce = await Promise.all(Array.from({ length: 8 }, () => runnerd.call(spec)));
    expect(atOnce.map(outputsOf)).toEqual(Array(8).fill({ calls: 1, left: false }));
  });
});

describe("a fresh call in Python", () => {
  const run = async (body: string, extra: Partial<Handler> = {}) => {
    const code = `import os, signal, sys, time, threading, asyncio\ndef handle(i):\n    ${body.replaceAll("\n", "\n    ")}\n`;
    return runnerd.run({ code, outputs: { said: "string" }, spec: { isolation: "fresh" }, ...extra });
  };

  it.each([
    ["os._exit(3)", "exit status 3"],
    ["os._exit(0)", "exit status 0"],
    ["os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV"],
    ["os.kill(os.getpid(), signal.SIGKILL)", "SIGKILL"],
  ])("that ends its process by %s fails by itself", async (body, how) => {
    expect(errorOf(await run(body))).toMatchObject({ class: "WorkerExited", message: expect.stringContaining(how) });
  });

  it("has its log, its result in full, its files, and errors with their place", async () => {
    const ended = await run("print('one')\nsys.stderr.write('two\\n')\nreturn {'said': 'x' * 100_000}");
    expect(ended.lines.map(([, stream, line]) => [stream, line])).toEqual([
      ["stdout", "one"],
      ["stderr", "two"],
    ]);
    expect(outputsOf(ended).said).toHaveLength(100_000);
    const large = await run("return {'said': 'x' * 3_000_000}");
    expect(large.files[0]?.bytes).toBe(3_000_002);
    expect(errorOf(await run("raise ValueError('no')"))).toMatchObject({
      class: "ValueError",
      stack: [{ file: "ryax_handler.py", line: 3 }],
    });
  });

  it("may be async, and leaves no thread and no process to the next one", async () => {
    const code = `
import asyncio, subprocess
async def handle(i):
    await asyncio.sleep(0.01)
    subprocess.Popen(["sleep", "60"], start_new_session=True)
    import os
    return {"said": str(len([name for name in os.listdir("/proc") if name.isdigit()]))}
`;
    const spec = await runnerd.specOf({ code, outputs: { said: "string" }, spec: { isolation: "fresh" } });
    const first = outputsOf(await runnerd.call(spec)).said;
    expect(outputsOf(await runnerd.call(spec)).said).toBe(first);
  });

  it("costs a fork and not a start: what it is forked from stays", async () => {
    const code = "import os\ndef handle(i):\n    return {'said': '%d %d' % (os.getpid(), os.getppid())}\n";
    const spec = await runnerd.specOf({ code, outputs: { said: "string" }, spec: { isolation: "fresh" } });
    const seen: string[][] = [];
    for (let round = 0; round < 5; round++) seen.push(String(outputsOf(await runnerd.call(spec)).said).split(" "));
    expect(new Set(seen.map(([pid]) => pid)).size).toBe(5);
    expect(new Set(seen.map(([, parent]) => parent)).size).toBe(1);
  });
});

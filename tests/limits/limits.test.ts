import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorOf, type Handler, outputsOf, TestRunnerd } from "../support/runnerd";

const megabytes = (count: number) => count << 20;
const small = { limits: { memoryBytes: megabytes(128), cpus: 1, processes: 64 } };

const hungry: Record<string, Handler> = {
  "a Python list": { code: "def handle(i):\n    kept = []\n    while True: kept.append(bytearray(4 << 20))\n" },
  "one Python object": {
    code: "def handle(i):\n    kept = bytearray(1 << 30)\n    for at in range(0, 1 << 30, 4096): kept[at] = 1\n    raise SystemError('it got the memory')",
  },
  "a Node array": {
    language: "node",
    code: "module.exports = () => { const kept = []; for (;;) kept.push(new Array(1e5).fill({})); };",
  },
  "Node buffers": {
    language: "node",
    code: "module.exports = () => { const kept = []; for (;;) kept.push(Buffer.alloc(8 << 20, 1)); };",
  },
  "programs that it starts": {
    code: [
      "import subprocess, sys, time",
      "def handle(i):",
      "    kept = [subprocess.Popen([sys.executable, '-c', 'import time; kept = b\"x\" * (60 << 20); time.sleep(60)']) for _ in range(4)]",
      "    time.sleep(30)",
      "    return {}",
    ].join("\n"),
  },
};

describe.each([
  { how: "by the kernel where groups can be made", env: {} as Record<string, string> },
  { how: "by each process and a watch where not", env: { MILLRACE_CGROUPS: "off" } },
])("handlers are limited $how", ({ env }) => {
  let runnerd: TestRunnerd;
  beforeAll(async () => {
    runnerd = await TestRunnerd.start(env);
  });
  afterAll(() => runnerd.stop());

  it.each(Object.entries(hungry))("in memory: %s", async (_what, handler) => {
    const spec = await runnerd.specOf({ ...handler, spec: small });
    const error = errorOf(await runnerd.call(spec));
    expect(error.message).toContain("128 MiB");
    expect(error).toMatchObject({ class: "OutOfMemory", code: "OOM", origin: "runtime" });
    expect(error.message).toContain("spec.resources.memory");
  });

  it("and the next call of the same handler gets a process of its own", async () => {
    const code =
      "import os\ndef handle(i):\n    kept = []\n    while i['eat']: kept.append(bytearray(4 << 20))\n    return {'ok': True}\n";
    const spec = await runnerd.specOf({ code, inputs: { eat: "boolean" }, outputs: { ok: "boolean" }, spec: small });
    expect(errorOf(await runnerd.call(spec, { eat: true })).class).toBe("OutOfMemory");
    expect(outputsOf(await runnerd.call(spec, { eat: false }))).toEqual({ ok: true });
  });

  it("and what stays below it is let be", async () => {
    const python = "def handle(i):\n    kept = b'x' * (64 << 20)\n    return {'size': len(kept)}\n";
    const node = "module.exports = () => ({ size: Buffer.alloc(64 << 20, 1).length });";
    for (const handler of [{ code: python }, { code: node, language: "node" as const }]) {
      const outputs = { size: "integer" } as const;
      expect(outputsOf(await runnerd.run({ ...handler, outputs, spec: small }))).toEqual({ size: megabytes(64) });
    }
  });

  it("in processes: a fork bomb is stopped, and its neighbour of the same user does not notice", async () => {
    const bomb = await runnerd.specOf({
      code: "import os, time\ndef handle(i):\n    count = 0\n    try:\n        while True:\n            if os.fork() == 0: time.sleep(60)\n            count += 1\n    except OSError:\n        print(count)\n        time.sleep(60)\n",
    });
    const neighbour = await runnerd.specOf({
      code: "import subprocess\ndef handle(i):\n    return {'said': subprocess.check_output(['echo', 'hi'], text=True)}\n",
      outputs: { said: "string" },
    });
    const bombing = runnerd.call(bomb, {}, { timeoutMs: 2_000 });
    for (let round = 0; round < 5; round++) expect(outputsOf(await runnerd.call(neighbour))).toEqual({ said: "hi\n" });
    const ended = await bombing;
    expect(errorOf(ended).class).toBe("Timeout");
    expect(ended.durationMs).toBeLessThan(2_500);
    const forks = Number(ended.lines[0]?.[2]);
    expect(forks).toBeGreaterThan(30);
    expect(forks).toBeLessThan(100);
  });

  it("and the report says how", () => {
    expect(runnerd.report.limits).toMatch(env.MILLRACE_CGROUPS ? /each process/ : /kernel|each process/);
  });
});

describe("other limits", () => {
  let runnerd: TestRunnerd;
  beforeAll(async () => {
    runnerd = await TestRunnerd.start();
  });
  afterAll(() => runnerd.stop());

  it("hold open files, and leave no core dump", async () => {
    const code = `
import os
def handle(i):
    kept, said = [], []
    try:
        while True: kept.append(open('/dev/null'))
    except OSError as error:
        said.append(error.strerror)
    count = len(kept)
    kept.clear()
    import resource
    return {'files': count, 'said': said[0], 'core': resource.getrlimit(resource.RLIMIT_CORE)[1]}
`;
    const outputs = { files: "integer", said: "string", core: "integer" } as const;
    const found = outputsOf(await runnerd.run({ code, outputs }));
    expect(found).toMatchObject({ said: "Too many open files", core: 0 });
    expect(found.files).toBeLessThan(256);
  });

  it("give no more of the processor than was asked for", async () => {
    const code =
      "import time\ndef handle(i):\n    until = time.monotonic() + 1.5\n    while time.monotonic() < until: pass\n    return {'used': time.process_time()}\n";
    const half = { limits: { ...small.limits, cpus: 0.5 } };
    const spec = await runnerd.specOf({ code, outputs: { used: "float" }, spec: half });
    await runnerd.call(spec);
    const before = outputsOf(await runnerd.call(spec)).used as number;
    const used = (outputsOf(await runnerd.call(spec)).used as number) - before;
    if (runnerd.report.limits.startsWith("The kernel")) expect(used).toBeLessThan(1.0);
    expect(used).toBeGreaterThan(0.3);
  });
});

it("nothing is left of the groups of a runnerd that ended", async () => {
  const runnerd = await TestRunnerd.start();
  const outputs = { ok: "boolean" } as const;
  await runnerd.run({ code: "def handle(i):\n    return {'ok': True}\n", outputs });
  const own = `millrace-${runnerd.process.pid}-`;
  await runnerd.stop();
  const left = readdirSync("/sys/fs/cgroup", { recursive: true }).filter((path) => String(path).includes(own));
  expect(left).toEqual([]);
});

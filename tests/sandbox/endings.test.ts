import { randomInt } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { processesWith } from "../support/host-processes";
import { builtLevels, containedLevels, useRunnerdAt } from "../support/levels";
import { errorOf, type Handler, outputsOf, TestRunnerd } from "../support/runnerd";
import { until } from "../support/wait";

const outputs = { calls: "integer" } as const;
const inputs = { end: "boolean" } as const;

/** A handler that ends as told the first time, and counts its calls. */
const python = (end: string): Handler => ({
  code: `
import os, signal, sys, threading, time
calls = 0
def handle(i):
    global calls
    calls += 1
    if i["end"]:
        ${end.replaceAll("\n", "\n        ")}
    return {"calls": calls}
`,
  inputs,
  outputs,
});
const node = (end: string): Handler => ({
  language: "node",
  code: `let calls = 0; module.exports = async ({ end }) => { calls++; if (end) { ${end} } return { calls }; };`,
  inputs,
  outputs,
});

/** By what it says; the error's class, and how its message ends. */
const endings: [string, Handler, errorClass: string, message: RegExp][] = [
  ["sys.exit", python("sys.exit(3)"), "SystemExit", /3/],
  ["os._exit", python("os._exit(3)"), "WorkerExited", /exit status 3/],
  ["a segmentation fault", python("os.kill(os.getpid(), signal.SIGSEGV)"), "WorkerExited", /SIGSEGV/],
  ["SIGKILL", python("os.kill(os.getpid(), signal.SIGKILL)"), "WorkerExited", /SIGKILL/],
  ["closing every descriptor", python("os.closerange(0, 4096)"), "WorkerExited", /exit status/],
  ["process.exit", node("process.exit(4);"), "WorkerExited", /exit status 4/],
  ["process.abort", node("process.abort();"), "WorkerExited", /SIGABRT/],
  ["an endless loop in Python", python("while True: pass"), "Timeout", /its limit of 0.7 s/],
  ["an endless loop in Node", node("for (;;) {}"), "Timeout", /its limit of 0.7 s/],
  [
    "ignoring signals",
    python("for number in (1, 2, 15): signal.signal(number, signal.SIG_IGN)\nwhile True: time.sleep(1)"),
    "Timeout",
    /its limit/,
  ],
  ["a promise that never settles", node("await new Promise(() => {});"), "Timeout", /its limit/],
  [
    "a rejection that nobody hears",
    node("Promise.reject(new RangeError('unheard')); await new Promise(() => {});"),
    "RangeError",
    /unheard/,
  ],
];

describe.each(builtLevels)("at %s a call that ends by", (level) => {
  const runnerd = useRunnerdAt(level);

  it.each(endings)(
    "%s fails by itself, and the next one has a new process",
    async (_how, handler, errorClass, message) => {
      const spec = await runnerd().specOf(handler);
      const error = errorOf(await runnerd().call(spec, { end: true }, { timeoutMs: 700 }));
      expect([error.class, error.message]).toEqual([errorClass, expect.stringMatching(message)]);
      expect(outputsOf(await runnerd().call(spec, { end: false }))).toEqual({ calls: 1 });
    },
  );

  it.each([
    ["a thread", python("threading.Thread(target=time.sleep, args=(60,), daemon=True).start()")],
    ["an error after its result", node("setTimeout(() => { throw new Error('late'); }, 5);")],
  ])("leaving %s behind answers, and the next one has a new process", async (_what, handler) => {
    const spec = await runnerd().specOf(handler);
    expect(outputsOf(await runnerd().call(spec, { end: true }))).toEqual({ calls: 1 });
    await until("it is gone", async () => outputsOf(await runnerd().call(spec, { end: false })).calls === 1);
  });

  it.each([
    ["lines", "while True: print('x' * 1000)"],
    ["one line", "while True: sys.stdout.write('x' * 1000)"],
  ])("writing %s without end is stopped", async (_what, body) => {
    const ended = await runnerd().run(python(body), { end: true });
    expect(errorOf(ended).class).toBe("LogLimit");
    expect(ended.lines.length).toBeGreaterThan(100);
  });

  it("being canceled is over", async () => {
    const abort = new AbortController();
    const ending = runnerd().run(python("time.sleep(60)"), { end: true }, { signal: abort.signal });
    setTimeout(() => abort.abort(), 300);
    const ended = await ending;
    expect(errorOf(ended).class).toBe("Canceled");
    expect(ended.durationMs).toBeLessThan(5_000);
  });
});

describe.each(["L2", ...containedLevels] as const)("at %s nothing is left of", (level) => {
  const runnerd = useRunnerdAt(level);
  const sleeper = () => `${randomInt(100_000, 999_999)}.${randomInt(100_000, 999_999)}`;
  const daemon = (marker: string) =>
    python(`
if os.fork() == 0:
    try: os.setsid()
    except PermissionError: pass
    if os.fork() == 0:
        for number in (1, 2, 15): signal.signal(number, signal.SIG_IGN)
        os.execvp("sleep", ["sleep", "${marker}"])
    os._exit(0)
os.wait()
time.sleep(0.2)`);

  it("a daemon that a call has left, once the call is over", async () => {
    const marker = sleeper();
    const spec = await runnerd().specOf(daemon(marker));
    expect(outputsOf(await runnerd().call(spec, { end: true }))).toEqual({ calls: 1 });
    await until("it is gone", () => processesWith(marker).length === 0);
    expect(outputsOf(await runnerd().call(spec, { end: false })).calls).toBeGreaterThan(0);
  });

  it("what a call that ran too long has started", async () => {
    const marker = sleeper();
    const handler = daemon(marker);
    const spec = await runnerd().specOf({
      ...handler,
      code: handler.code.replace("time.sleep(0.2)", "time.sleep(60)"),
    });
    const ending = runnerd().call(spec, { end: true }, { timeoutMs: 1_000 });
    await until("it runs", () => processesWith(marker).length > 0);
    expect(errorOf(await ending).class).toBe("Timeout");
    expect(processesWith(marker)).toEqual([]);
  });
});

it("a runnerd that is killed takes its sandboxes with it", async () => {
  const runnerd = await TestRunnerd.start();
  const marker = `${randomInt(100_000, 999_999)}.5`;
  const lost = runnerd.run(python(`os.execvp("sleep", ["sleep", "${marker}"])`), { end: true }).catch((error) => error);
  await until("it runs", () => processesWith(marker).length > 0);
  runnerd.process.kill("SIGKILL");
  await until("its sandbox is gone", () => processesWith(marker).length === 0, 2_000);
  expect(await lost).toMatchObject({ name: "RunnerdLost" });
  await runnerd.stop();
});

it("a runnerd that ends takes what is only starting with it, where nothing holds it either", async () => {
  const runnerd = await TestRunnerd.start({ MILLRACE_SANDBOX_LEVEL: "L0" });
  const marker = `${randomInt(100_000, 999_999)}.6`;
  const code = `import subprocess\nsubprocess.run(["sleep", "${marker}"])\ndef handle(i): pass\n`;
  const lost = runnerd.run({ code }).catch((error) => error);
  await until("it starts", () => processesWith(marker).length > 0);
  await runnerd.stop();
  await until("it is gone", () => processesWith(marker).length === 0, 2_000);
  await lost;
});

it("a hundred crashes leave no zombie, no descriptor, no folder and no group behind", async () => {
  const runnerd = await TestRunnerd.start();
  const pid = runnerd.process.pid ?? 0;
  const spec = await runnerd.specOf(python("os._exit(1)"));
  const descriptors = () => readdirSync(`/proc/${pid}/fd`).length;
  const crash = async () => errorOf(await runnerd.call(spec, { end: true }));
  for (let count = 0; count < 10; count++) await crash();
  const before = descriptors();
  for (let count = 0; count < 90; count++) expect((await crash()).class).toBe("WorkerExited");
  const zombies = () =>
    readdirSync("/proc").filter((entry) => {
      try {
        const status = readFileSync(`/proc/${entry}/stat`, "utf8");
        const [state, parent] = status.slice(status.lastIndexOf(")") + 2).split(" ");
        return state === "Z" && Number(parent) === pid;
      } catch {
        return false;
      }
    });
  await until("its processes are reaped", () => zombies().length === 0);
  expect(descriptors()).toBeLessThan(before + 10);
  await until("their folders are gone", () => readdirSync(join(runnerd.folder, "run", "processes")).length <= 2);
  const groups = () => {
    if (!existsSync("/sys/fs/cgroup/pids")) return [];
    const found = readdirSync("/sys/fs/cgroup/pids").find((name) => name.startsWith(`millrace-${pid}-`));
    return found ? readdirSync(`/sys/fs/cgroup/pids/${found}`).filter((name) => /^\d+$/.test(name)) : [];
  };
  await until("their groups are gone", () => groups().length <= 3, 15_000);
  await runnerd.stop();
}, 60_000);

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, it } from "vitest";
import { instanceFile } from "@/bin/launcher/instance-file";
import { instance } from "../support/instance";
import { type StartedInstance, startInstance } from "../support/start-instance";
import { until } from "../support/wait";

const run = promisify(execFile);
const secondStartWithinMs = 10_000;

let started: StartedInstance | undefined;
afterEach(async () => {
  await started?.stop();
  started = undefined;
}, 60_000);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function listenOn(port = 0): Promise<{ server: Server; port: number }> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(port, "127.0.0.1", () => resolve({ server, port: (server.address() as { port: number }).port }));
  });
}

interface Failure {
  code: number;
  stdout: string;
  stderr: string;
}

/** Starts a launcher that is expected to refuse. */
async function refused(env: Record<string, string>): Promise<Failure> {
  return run(process.execPath, ["bin/start.mjs"], { env: { ...process.env, ...env }, timeout: 60_000 }).then(
    () => {
      throw new Error("the launcher started");
    },
    (error) => error as Failure,
  );
}

it("stops everything on Ctrl-C and starts again within ten seconds", { timeout: 120_000 }, async () => {
  started = await startInstance();
  const { home } = started;
  const { pids } = instance(home);
  expect(Object.keys(pids).sort()).toEqual(["postgres", "runnerd", "temporal", "web", "worker"]);
  await started.interrupt();
  for (const pid of Object.values(pids)) expect(isAlive(pid)).toBe(false);
  expect(existsSync(instanceFile(home))).toBe(false);
  const begun = Date.now();
  await started.startAgain();
  expect(Date.now() - begun).toBeLessThan(secondStartWithinMs);
});

it("starts what was killed again, with growing pauses, and says so", { timeout: 120_000 }, async () => {
  started = await startInstance();
  const { home } = started;
  for (const pause of ["0.5", "1", "2"]) {
    const pid = instance(home).pids.web as number;
    process.kill(pid, "SIGKILL");
    await until("web runs again", () => (instance(home).pids.web ?? pid) !== pid);
    expect(started.output()).toContain(`web ended (SIGKILL); starting it again in ${pause} s`);
  }
  const { url } = instance(home);
  await until("it answers", async () => (await fetch(`${url}/api/health`).catch(() => undefined))?.ok, 20_000);
});

it("goes on when nobody reads what it says, and its processes end when it is killed", {
  timeout: 120_000,
}, async () => {
  started = await startInstance();
  const { home } = started;
  const pidOf = (name: "web" | "worker" | "runnerd") => instance(home).pids[name] as number;
  started.stopReading();
  const [web, worker] = [pidOf("web"), pidOf("worker")];
  process.kill(web, "SIGKILL");
  await until("web runs again", () => pidOf("web") !== web);
  expect(isAlive(worker)).toBe(true);

  const left = [pidOf("web"), worker, pidOf("runnerd")];
  await started.killLauncher();
  await until("nothing of it serves any more", () => !left.some(isAlive), 20_000);

  // Killed while they are starting, when they do not listen for its end yet.
  const begun = started.startAgain().catch(() => {});
  const early = await until(
    "a worker is started",
    () => existsSync(instanceFile(home)) && pidOf("worker") !== worker && pidOf("worker"),
    30_000,
  );
  await started.killLauncher();
  await begun;
  await until("it has ended too", () => !isAlive(early), 20_000);
  await started.startAgain();
});

it("names a port that is taken, who has it, and another way", { timeout: 60_000 }, async () => {
  const { server, port } = await listenOn();
  const { code, stderr } = await refused({ PORT: String(port), MILLRACE_HOME: join("/tmp", `unused-${port}`) });
  server.close();
  expect(code).toBe(1);
  expect(stderr).toContain(`Port ${port} on 127.0.0.1 is taken`);
  expect(stderr).toContain(`(pid ${process.pid})`);
  expect(stderr).toContain(`PORT=${port + 1} npm start`);
});

it("refuses a state folder that another launcher has", { timeout: 120_000 }, async () => {
  started = await startInstance();
  const { server, port } = await listenOn();
  server.close();
  const { code, stderr } = await refused({ PORT: String(port), MILLRACE_HOME: started.home });
  expect(code).toBe(1);
  expect(stderr).toContain(`Millrace is already running from ${started.home}`);
});

it.each([
  [{ PORT: "many" }, "PORT"],
  [{ MILLRACE_SECRET: "short" }, "MILLRACE_SECRET needs at least 32 characters"],
  [{ MILLRACE_TEMPORAL_BIN: "/no/such/temporal" }, "MILLRACE_TEMPORAL_BIN names /no/such/temporal"],
  [{ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" }, "DATABASE_URL (127.0.0.1:1) could not be prepared"],
])("says what is wrong with %j", { timeout: 60_000 }, async (env, message) => {
  const { server, port } = await listenOn();
  server.close();
  const home = join("/tmp", `millrace-refused-${port}`);
  const { code, stderr } = await refused({ PORT: String(port), MILLRACE_HOME: home, ...env });
  await run("rm", ["-rf", home]);
  expect(code).toBe(1);
  expect(stderr).toContain(message);
});

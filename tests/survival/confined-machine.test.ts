import { afterAll, expect, it } from "vitest";
import type { Health } from "@/lib/fleet";
import { deployHello } from "../support/hello";
import { instance } from "../support/instance";
import { TestProject } from "../support/project";
import { type StartedInstance, startInstance } from "../support/start-instance";

/** A machine that confines actions serves several tenants where its operator has said that it shall. */

let started: StartedInstance | undefined;
afterAll(() => started?.stop(), 60_000);

it("does the job for several tenants where it is told to, and says at which level", { timeout: 180_000 }, async ({
  skip,
}) => {
  started = await startInstance({ MILLRACE_SANDBOX_LEVEL: "L2", MILLRACE_ALLOW_CONFINED_MULTI_TENANT: "1" });
  const { url } = instance(started.home);
  const health = (await (await fetch(`${url}/api/health`)).json()) as Health;
  skip(health.sandbox?.level !== "L2", `this machine reaches ${health.sandbox?.level} and not L2`);
  for (const project of [await TestProject.create(url), await TestProject.create(url)]) {
    await deployHello(project);
    const answer = await project.call("/hello");
    expect([answer.status, await answer.json()]).toEqual([200, { said: "hello there" }]);
    const run = await project.showRun(answer.headers.get("x-workflow-run-id") ?? "");
    expect(run.steps.filter(({ kind }) => kind === "action").map(({ isolation }) => isolation)).toEqual(["L2", "L2"]);
  }
  expect(health.sandbox).toMatchObject({ level: "L2", meaning: expect.stringContaining("confined") });
  expect(started.output()).toContain("Isolation level L2: Actions are confined");
  expect(started.output()).toContain("MILLRACE_ALLOW_CONFINED_MULTI_TENANT lets several tenants share it");
});

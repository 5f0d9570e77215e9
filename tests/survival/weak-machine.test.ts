import { afterEach, describe, expect, it } from "vitest";
import { signUpContract } from "@/lib/accounts/contract";
import type { Health } from "@/lib/fleet";
import { type ApiError, callApi } from "@/lib/http/client";
import { deployHello } from "../support/hello";
import { instance } from "../support/instance";
import { TestProject } from "../support/project";
import { type StartedInstance, startInstance } from "../support/start-instance";

/** A machine that cannot keep tenants apart serves its one operator, and says what it is. */

let started: StartedInstance | undefined;
afterEach(async () => {
  await started?.stop();
  started = undefined;
}, 60_000);

describe.each(["L1", "L0"])("held at level %s", (level) => {
  it("does the job for one operator and closes sign-up after it", { timeout: 180_000 }, async () => {
    started = await startInstance({ MILLRACE_SANDBOX_LEVEL: level });
    const { url } = instance(started.home);
    const project = await TestProject.create(url);
    await deployHello(project);
    const answer = await project.call("/hello");
    expect([answer.status, await answer.json()]).toEqual([200, { said: "hello there" }]);

    const run = await project.showRun(answer.headers.get("x-workflow-run-id") ?? "");
    expect(run.steps.filter(({ kind }) => kind === "action").map(({ isolation }) => isolation)).toEqual([level, level]);

    const second = callApi(
      signUpContract,
      { body: { email: "second@example.com", password: "a long password" } },
      { baseUrl: url },
    );
    await expect(second).rejects.toMatchObject({ status: 403 } satisfies Partial<ApiError>);
    await expect(second).rejects.toThrow(`level ${level}`);

    const health = (await (await fetch(`${url}/api/health`)).json()) as Health;
    expect(health.sandbox).toMatchObject({ level, fix: expect.stringContaining("MILLRACE_SANDBOX_LEVEL") });
    expect(started.output()).toContain(`Isolation level ${level}`);
    expect(started.output()).toContain("To mend it: ");
    expect(started.output()).toContain("sign-up closes after the first account");
  });
});

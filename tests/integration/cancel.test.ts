import { randomBytes } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { cancelRunContract } from "@/lib/runs/contract";
import { stopWorkflowContract } from "@/lib/workflows/contract";
import { processesWith } from "../support/host-processes";
import { TestProject } from "../support/project";
import { until } from "../support/wait";

/**
 * Starts a child with a text on its command line that can be looked for from outside, one that leaves the process group
 * and ignores every polite signal, and never returns.
 */
const linger = `
import signal, subprocess, time
def handle(i):
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    script = "trap '' TERM INT HUP; while true; do sleep 1; done # " + i["mark"]
    subprocess.Popen(["/bin/sh", "-c", script], start_new_session=True)
    print("lingering", flush=True)
    time.sleep(600)
`;

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode(
    { id: "linger", inputs: { mark: "string" }, code: linger },
    { id: "linger-a-second", inputs: { mark: "string" }, code: linger, spec: { resources: { time: "1s" } } },
    { id: "fail", code: "def handle(i): raise ValueError('again')\n" },
  );
});

const newMark = () => `mark-${randomBytes(8).toString("hex")}`;
const cancel = (run: string) => project.api(cancelRunContract, { params: { project: project.id, run } });

async function startLingering(mark: string, timeout?: number) {
  const path = `/${mark}`;
  const workflow = await project.deployEndpoint({
    path,
    timeout: timeout ?? 0,
    steps: { only: { use: "linger", with: { mark } } },
  });
  return { workflow: workflow.id, path };
}

it.concurrent("canceling stops the process with all that it started, and the run is over when it answers", async () => {
  const mark = newMark();
  const { path } = await startLingering(mark);
  const { workflow_run_id: run } = await (await project.post(path, {})).json();
  await until("the process is there", () => processesWith(mark).length > 0);
  const canceled = await cancel(run);
  expect([canceled.state, canceled.steps[1]?.state]).toEqual(["canceled", "canceled"]);
  await until("the process is gone", () => processesWith(mark).length === 0, 2_000);
  // It is final: nothing of the run moves any more.
  expect(await project.showRun(run)).toEqual(canceled);
});

it.concurrent("a caller who waits is told that the run was canceled", async () => {
  const mark = newMark();
  const { path, workflow } = await startLingering(mark, 60);
  const answer = project.post(path, {});
  await until("the process is there", () => processesWith(mark).length > 0);
  await project.api(stopWorkflowContract, { params: { project: project.id, workflow }, body: { cancelRuns: true } });
  const problem = await (await answer).json();
  expect([problem.status, problem.message]).toEqual([500, "The run was canceled."]);
  await until("the process is gone", () => processesWith(mark).length === 0);
});

it.concurrent("stopping a workflow lets its runs finish, unless told to cancel them", async () => {
  const mark = newMark();
  const { path, workflow } = await startLingering(mark);
  const { workflow_run_id: run } = await (await project.post(path, {})).json();
  await until("the process is there", () => processesWith(mark).length > 0);
  await project.api(stopWorkflowContract, { params: { project: project.id, workflow }, body: {} });
  expect((await project.showRun(run)).state).toBe("running");
  expect((await project.post(path, {})).status).toBe(404);
  expect(processesWith(mark).length).toBeGreaterThan(0);
  await cancel(run);
  await until("the process is gone", () => processesWith(mark).length === 0);
});

it.concurrent("a step past its time limit leaves no process either", async () => {
  const mark = newMark();
  const { id } = await project.deployManual({
    name: mark,
    steps: { only: { use: "linger-a-second", with: { mark } } },
  });
  const run = await project.start(id);
  await until("the process is there", () => processesWith(mark).length > 0);
  expect((await project.endedRun(run.id)).error?.type).toBe("Timeout");
  await until("the process is gone", () => processesWith(mark).length === 0, 2_000);
});

it.concurrent("canceling between two attempts ends the run", async () => {
  const retry = { max_attempts: 5, backoff_seconds: 600 };
  const { id } = await project.deployManual({ name: "Long pause", steps: { only: { use: "fail", retry } } });
  const run = await project.start(id);
  await until(
    "the first attempt has failed",
    async () => (await project.showRun(run.id)).steps[1]?.earlierAttempts.length === 1,
  );
  const canceled = await cancel(run.id);
  expect([canceled.state, canceled.steps[1]?.state, canceled.steps[1]?.attempts]).toEqual(["canceled", "canceled", 1]);
});

it.concurrent("canceling many steps at once stops each", async () => {
  const mark = newMark();
  const names = ["a", "b", "c", "d", "e"];
  const steps = Object.fromEntries(names.map((name) => [name, { use: "linger", with: { mark: `${mark}-${name}` } }]));
  const { id } = await project.deployManual({ name: "Many", steps });
  const run = await project.start(id);
  await until("all processes are there", () => names.every((name) => processesWith(`${mark}-${name}`).length > 0));
  const canceled = await cancel(run.id);
  expect(canceled.steps.slice(1).map((step) => step.state)).toEqual(names.map(() => "canceled"));
  await until("all processes are gone", () => processesWith(mark).length === 0, 2_000);
});

import { createHash, randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { listAuditContract } from "@/lib/audit/contract";
import { showLimitsContract, updateLimitsContract } from "@/lib/limits/contract";
import { cancelRunContract, listRunsContract, type RunDetail } from "@/lib/runs/contract";
import { runLogsContract } from "@/lib/runs/logs/contract";
import { showUsageContract } from "@/lib/usage/contract";
import { uploadWorkflowFileContract } from "@/lib/workflows/contract";
import { issuesByPath, refusal } from "../support/checked";
import { connectAsApplication, withProjects } from "../support/database";
import { asOperator, holdTo } from "../support/limits";
import { ListeningWorkflow } from "../support/listeners";
import { TestProject } from "../support/project";
import { until } from "../support/wait";

const mib = 1024 ** 2;

const wait = `
import time
def handle(i):
    time.sleep(i["seconds"])
    return {"text": "x" * i["size"]}
`;

let project: TestProject;
let workflow: string;
beforeAll(async () => {
  project = await TestProject.create();
  const spec = { resources: { memory: "1G", cpu: 2, time: "10m" } };
  const inputs = { seconds: "float" as const, size: "integer" as const };
  await project.pushCode({ id: "wait", inputs, outputs: { text: "longstring" }, code: wait, spec });
  const given = { seconds: "=api.seconds", size: "=api.size" };
  ({ id: workflow } = await project.deployEndpoint({
    path: "/wait",
    inputs,
    steps: { wait: { use: "wait", with: given } },
    timeout: 0,
  }));
});

const call = (seconds: number, size = 1) => project.post("/wait", { seconds, size });
const runOf = (answer: Response) => answer.headers.get("x-workflow-run-id") ?? "";
const runsNow = async () => (await project.api(listRunsContract, { query: { limit: 200 } })).items.length;
const cancel = (run: string) => project.api(cancelRunContract, { params: { project: project.id, run } });
const waitOf = (run: RunDetail) => run.steps.find(({ node }) => node === "wait");
const limitNow = async (name: string) =>
  (await project.api(showLimitsContract)).items.find((limit) => limit.name === name)?.value;

describe("a project's admin", () => {
  it("lowers a limit and takes that back, and is told at the field what may not be", async () => {
    const before = (await project.api(showLimitsContract)).items;
    const changed = await project.api(updateLimitsContract, { body: { retentionDays: 7, cpus: 0.5 } });
    const shown = changed.items.filter(({ name }) => ["retentionDays", "cpus"].includes(name));
    expect(shown.map(({ name, value, chosen }) => [name, value, chosen])).toEqual([
      ["cpus", 0.5, 0.5],
      ["retentionDays", 7, 7],
    ]);
    const error = await refusal(
      project.api(updateLimitsContract, { body: { memoryBytes: 1024 ** 5, retentionDays: 31, openRuns: 10 } }),
    );
    expect([error.status, Object.keys(issuesByPath(error))]).toEqual([422, ["body.memoryBytes", "body.retentionDays"]]);
    expect(issuesByPath(error)["body.retentionDays"]).toContain("at most 30 days");
    for (const body of [{ openRuns: 0 }, { openRuns: 1.5 }, { memoryBytes: 1 }])
      expect((await refusal(project.api(updateLimitsContract, { body }))).status).toBe(422);
    await project.api(updateLimitsContract, { body: { retentionDays: null, cpus: null } });
    expect((await project.api(showLimitsContract)).items).toEqual(before);
  });

  it("is allowed more, or less, by the operator's command alone", async () => {
    const own = await TestProject.create();
    const printed = await asOperator(own.id, "openRuns=20000", "storageBytes=2G", "retentionDays=3");
    expect(printed).toMatch(/openRuns +20,000 +20,000\n/);
    await own.api(updateLimitsContract, { body: { openRuns: 15_000 } });
    expect((await refusal(own.api(updateLimitsContract, { body: { retentionDays: 4 } }))).status).toBe(422);
    expect(await asOperator(own.id, "retentionDays=default")).toMatch(/retentionDays +30 days +30 days\n/);
    const { items } = await own.api(showLimitsContract);
    expect(items.find(({ name }) => name === "openRuns")).toMatchObject({ cap: 20_000, value: 15_000 });
    const { items: entries } = await own.api(listAuditContract, { query: { about: "limits" } });
    expect(entries.map(({ who }) => who)).toEqual(["system", own.admin.email, "system"]);
    await expect(asOperator("nosuchprj1", "openRuns=5")).rejects.toThrow("The project was not found.");
  });
});

describe("runs past a limit", () => {
  it("under way are refused with its name, start nothing, and are taken again when there is room", async () => {
    await holdTo(project, { openRuns: 1 });
    const first = runOf(await call(60));
    const before = await runsNow();
    const refused = await call(0);
    expect([refused.status, refused.headers.get("x-millrace-limit")]).toEqual([429, "openRuns"]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await refused.json()).message).toContain("limit openRuns");
    const byHand = await refusal(project.start(workflow, { seconds: 0, size: 1 }));
    expect([byHand.status, byHand.code]).toEqual([429, "rate_limited"]);
    expect(await runsNow()).toBe(before);
    await cancel(first);
    await until("calls are taken again", async () => (await call(0)).status === 202);
    await project.api(updateLimitsContract, { body: { openRuns: null } });
    const { refusedByLimit } = await until("the refusals are counted", async () => {
      const [day] = (await project.api(showUsageContract)).periods;
      return day && day.refused >= 2 ? day : undefined;
    });
    expect(refusedByLimit[0]?.limit).toBe("openRuns");
  });

  it("within a minute are refused until the first of them is a minute old", async () => {
    const own = await TestProject.create();
    await own.deployEndpoint({ path: "/echo", inputs: { text: "string" }, results: { text: "api.text" } });
    await holdTo(own, { runsPerMinute: 2 });
    const answers = [];
    for (let calls = 0; calls < 3; calls++) answers.push(await own.post("/echo", { text: "hi" }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    const waitSeconds = Number(answers[2]?.headers.get("retry-after"));
    expect([answers[2]?.headers.get("x-millrace-limit"), waitSeconds > 50, waitSeconds <= 60]).toEqual([
      "runsPerMinute",
      true,
      true,
    ]);
  });
});

describe("a call of an action", () => {
  it("gets no more than the project gives, and its log says so", async () => {
    await holdTo(project, { memoryBytes: 128 * mib, cpus: 1, callSeconds: 1 });
    const run = await project.endedRun(runOf(await call(20)));
    expect(waitOf(run)?.error).toMatchObject({ type: "Timeout", message: expect.stringContaining("limit of 1 s") });
    const log = await until("its lines are there", async () => {
      const params = { project: project.id, run: run.id };
      const { items } = await project.api(runLogsContract, { params });
      return items.length >= 3 && items.map(({ line }) => line);
    });
    expect(log).toEqual([
      "The action asks for 1 GiB of memory; the project's limit memoryBytes gives it 128 MiB.",
      "The action asks for 2 processor cores; the project's limit cpus gives it 1.",
      "The action asks for 600 s of time; the project's limit callSeconds gives it 1 s.",
    ]);
    await project.api(updateLimitsContract, { body: { memoryBytes: null, cpus: null, callSeconds: null } });
    expect(await limitNow("cpus")).toBe(4);
  });

  it("waits while as many steps of the project are under way as may be", async () => {
    await holdTo(project, { concurrentSteps: 1 });
    const answers = await Promise.all([call(0.2), call(0.2), call(0.2)]);
    const runs = await Promise.all(answers.map((answer) => project.endedRun(runOf(answer))));
    const times = runs.map((run) => {
      const step = waitOf(run);
      const from = Date.parse(step?.startedAt ?? "");
      return [from, from + (step?.durationMs ?? 0)] as const;
    });
    times.sort(([left], [right]) => left - right);
    for (const [index, [from]] of times.entries()) expect(from).toBeGreaterThanOrEqual(times[index - 1]?.[1] ?? 0);
    await project.api(updateLimitsContract, { body: { concurrentSteps: null } });
  });
});

describe("storage", () => {
  it("that is full takes no file and no value, keeps nothing of them, and what it has already", async () => {
    const own = await TestProject.create();
    const { id } = await own.deployEndpoint({
      path: "/echo",
      inputs: { text: "longstring" },
      results: { text: "api.text" },
    });
    const at = { params: { project: own.id, workflow: id }, query: { name: "a.bin" } };
    const upload = (bytes: Buffer<ArrayBuffer>) =>
      own.api(uploadWorkflowFileContract, { ...at, body: new Blob([bytes]) });
    const known = randomBytes(2 * mib);
    await upload(known);
    await holdTo(own, { storageBytes: mib });
    const unknown = randomBytes(100);
    const error = await refusal(upload(unknown));
    expect([error.status, error.code]).toEqual([507, "storage_full"]);
    await upload(known);
    const large = await own.post("/echo", { text: "x".repeat(40_000) });
    expect([large.status, large.headers.get("x-millrace-limit")]).toEqual([507, "storageBytes"]);
    expect((await own.post("/echo", { text: "small" })).status).toBe(200);
    const sha256 = createHash("sha256").update(unknown).digest("hex");
    const sql = connectAsApplication();
    const kept = await withProjects(sql, [own.id], (tx) => tx`select from blobs where sha256 = ${sha256}`);
    await sql.end();
    expect(kept.count).toBe(0);
    const { storage } = await own.api(showUsageContract);
    expect(storage.fileBytes).toBe(2 * mib);
  });

  it("that is full fails the step that would fill it, with a reason", async () => {
    const before = await limitNow("storageBytes");
    await holdTo(project, { storageBytes: mib });
    const run = await project.endedRun(runOf(await call(0, 2 * mib)));
    expect(waitOf(run)?.error).toMatchObject({
      type: "StorageFull",
      message: expect.stringContaining("storageBytes"),
    });
    await project.api(updateLimitsContract, { body: { storageBytes: null } });
    expect(await limitNow("storageBytes")).toBe(before);
  });
});

it("no more triggers listen than may", async () => {
  const own = await TestProject.create();
  await holdTo(own, { listeningTriggers: 1 });
  const code = "async def run(service, input_values):\n    print('listening')\n";
  const { id } = await ListeningWorkflow.deploy(own, { id: "first", code });
  const error = await refusal(ListeningWorkflow.deploy(own, { id: "second", code }));
  expect([error.status, error.message]).toEqual([409, expect.stringContaining("limit listeningTriggers")]);
  expect((await own.api(showUsageContract)).limits.find(({ name }) => name === "listeningTriggers")?.used).toBe(1);
  expect(id).toMatch(/^wf_/);
});

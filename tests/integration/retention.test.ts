import { randomBytes } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Sql, TransactionSql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listRunsContract, replayRunContract, testDraftContract } from "@/lib/runs/contract";
import { cleanUpScheduleId } from "@/lib/temporal/ids";
import { setVariableContract } from "@/lib/variables/contract";
import { uploadWorkflowFileContract } from "@/lib/workflows/contract";
import { connectAsApplication, withProjects } from "../support/database";
import { testHome } from "../support/instance";
import { holdTo } from "../support/limits";
import { TestProject } from "../support/project";
import { connectTemporal, type TemporalConnection } from "../support/temporal";
import { until } from "../support/wait";

/** What is deleted when nobody keeps it any more, and what is not. */

let project: TestProject;
let workflow: string;
let temporal: TemporalConnection;
let sql: Sql;
beforeAll(async () => {
  [project, temporal] = await Promise.all([TestProject.create(), connectTemporal()]);
  sql = connectAsApplication();
  const inputs = { text: "longstring" as const };
  await project.pushCode({ id: "echo", inputs, outputs: inputs, code: "def handle(i): return i\n" });
  const steps = { echo: { use: "echo", with: { text: "=api.text" } } };
  ({ id: workflow } = await project.deployEndpoint({ path: "/echo", inputs, steps, results: { text: "echo.text" } }));
});
afterAll(async () => {
  await Promise.all([temporal.close(), sql.end()]);
});

const asProject = <T>(run: (tx: TransactionSql) => Promise<T>) => withProjects(sql, [project.id], run);

/** A run with a value of its own that is too large for a row. */
async function runWithBlob(): Promise<string> {
  const answer = await project.post("/echo", { text: randomBytes(30_000).toString("hex") });
  expect(answer.status).toBe(200);
  return answer.headers.get("x-workflow-run-id") ?? "";
}

const upload = (bytes: Buffer<ArrayBuffer>) =>
  project.api(uploadWorkflowFileContract, {
    params: { project: project.id, workflow },
    query: { name: "a.bin" },
    body: new Blob([bytes]),
  });
const age = (run: string, days: number) =>
  asProject((tx) => tx`update runs set created_at = created_at - make_interval(days => ${days}) where id = ${run}`);
/** As if so much time had gone by since anybody stored or used anything. */
const ageBlobs = (hours: number) =>
  asProject(
    (tx) => tx`
    update blobs set stored_at = stored_at - make_interval(hours => ${hours}),
      unused_since = unused_since - make_interval(hours => ${hours})`,
  );
const blobOf = async (run: string) => {
  const [row] = await asProject((tx) => tx`select input from runs where id = ${run}`);
  return String(row?.input.text.blob);
};
const pathOf = (blob: string) => join(testHome(), "blobs", project.id, blob.slice(0, 2), blob);
const isKept = async (blob: string) => {
  const rows = await asProject((tx) => tx`select from blobs where sha256 = ${blob}`);
  expect(rows.count === 1, "the row goes with the bytes").toBe(existsSync(pathOf(blob)));
  return rows.count === 1;
};
const runIds = async () =>
  (await project.api(listRunsContract, { query: { limit: 200 } })).items.map((run) => run.id).sort();

async function cleanUp(): Promise<void> {
  const handle = temporal.client.schedule.getHandle(cleanUpScheduleId);
  const before = (await handle.describe()).info.recentActions.at(-1)?.takenAt.getTime() ?? 0;
  await handle.trigger("BUFFER_ONE");
  await until("all is cleaned up", async () => {
    const { recentActions, runningActions } = (await handle.describe()).info;
    return runningActions.length === 0 && (recentActions.at(-1)?.takenAt.getTime() ?? 0) > before;
  });
}

describe("cleaning up", () => {
  it("deletes runs past their project's retention, and their values once those are unused for long", async () => {
    await holdTo(project, { retentionDays: 3 });
    const [old, young] = [await runWithBlob(), await runWithBlob()];
    const [oldBlob, youngBlob] = [await blobOf(old), await blobOf(young)];
    await age(old, 4);
    await age(young, 2);
    await ageBlobs(49);
    await cleanUp();
    expect(await runIds()).toEqual([young]);
    expect(await isKept(oldBlob), "found unused just now").toBe(true);
    await ageBlobs(49);
    await cleanUp();
    expect([await isKept(oldBlob), await isKept(youngBlob)]).toEqual([false, true]);
    expect((await project.showRun(young)).state).toBe("completed");
  });

  it("keeps what was stored lately, what is used again, and what a draft, a variable or a version names", async () => {
    const bytes = randomBytes(1_000);
    const { blob } = await upload(bytes);
    const text = randomBytes(30_000).toString("hex");
    await project.api(setVariableContract, {
      params: { project: project.id, variable: "LARGE" },
      body: { value: text, type: "longstring" },
    });
    const [variable] = await asProject((tx) => tx`select value from variables where name = 'LARGE'`);
    const packages = await asProject((tx) => tx`select package_blob from action_versions`);
    await ageBlobs(49);
    await cleanUp();
    await ageBlobs(49);
    // Stored a second time just before it would have been collected.
    await upload(bytes);
    await cleanUp();
    expect(await isKept(blob)).toBe(true);
    expect(await isKept(variable?.value.blob)).toBe(true);
    for (const { package_blob } of packages) expect(await isKept(package_blob)).toBe(true);
    await ageBlobs(49);
    await cleanUp();
    await ageBlobs(49);
    await cleanUp();
    expect(await isKept(blob), "nothing names it").toBe(false);
  });

  it("goes on where it was broken off between a blob's bytes and its row", async () => {
    const { blob } = await upload(randomBytes(1_000));
    await ageBlobs(49);
    await cleanUp();
    await ageBlobs(49);
    rmSync(pathOf(blob));
    await cleanUp();
    expect(await isKept(blob)).toBe(false);
  });

  it("deletes versions that were only tried out, once no run is of them", async () => {
    const params = { project: project.id, workflow };
    const tried = await project.api(testDraftContract, { params, body: { input: { text: "a" }, waitSeconds: 20 } });
    const edited = await project.api(replayRunContract, {
      params: { project: project.id, run: tried.id },
      body: { from: "echo", input: { text: "b" } },
    });
    await project.endedRun(edited.id);
    const versions = () =>
      asProject((tx) => tx`select id from workflow_versions where number is null`).then((rows) => rows.count);
    await asProject((tx) => tx`update workflow_versions set created_at = created_at - interval '2 days'`);
    expect(await versions()).toBe(2);
    await age(tried.id, 4);
    await cleanUp();
    expect([await versions(), (await runIds()).includes(edited.id)]).toEqual([1, true]);
    await age(edited.id, 4);
    await cleanUp();
    expect(await versions()).toBe(0);
    expect((await project.post("/echo", { text: "still live" })).status).toBe(200);
  });
});

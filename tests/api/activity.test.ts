import { expect, it } from "vitest";
import { callApi } from "@/lib/http/client";
import { showActivityContract } from "@/lib/runs/activity/contract";
import { listRunsContract } from "@/lib/runs/contract";
import { importWorkflowContract } from "@/lib/workflows/contract";
import { signUp, TestProject } from "../support/project";
import { echoFile } from "../support/workflow-file";

it("says each workflow's last run and counts its last day, and only this project's", async () => {
  const project = await TestProject.create();
  const other = await TestProject.create();
  const busy = await project.deploy(echoFile("/busy", "Busy"));
  const idle = await project.api(importWorkflowContract, { query: {}, body: echoFile("/idle", "Idle") });
  await other.deploy(echoFile("/busy", "Other"));
  await other.post("/busy", { text: "elsewhere" });
  for (const text of ["one", "two"]) expect((await project.post("/busy", { text })).status).toBe(200);
  const { items: runs } = await project.api(listRunsContract, { query: {} });

  const { items } = await project.api(showActivityContract);
  expect(items.map((item) => item.workflow).sort()).toEqual([busy.id, idle.id].sort());
  const active = items.find((item) => item.workflow === busy.id);
  expect(active?.lastRun).toEqual({ id: runs[0]?.id, state: "completed", createdAt: runs[0]?.createdAt });
  expect(active?.hours).toHaveLength(24);
  expect(active?.hours.at(-1)).toEqual({ runs: 2, failed: 0 });
  expect(active?.p50Ms).toBeGreaterThanOrEqual(0);
  const quiet = items.find((item) => item.workflow === idle.id);
  expect(quiet).toMatchObject({ lastRun: null, p50Ms: null, p95Ms: null });
});

it("is closed to strangers and to whoever is not signed in", async () => {
  const project = await TestProject.create();
  const stranger = await signUp();
  const ask = (token: string | undefined) =>
    callApi(showActivityContract, { params: { project: project.id } }, { baseUrl: project.url, token });
  await expect(ask(stranger.token)).rejects.toMatchObject({ status: 404 });
  await expect(ask(undefined)).rejects.toMatchObject({ status: 401 });
});

it("tells of a workflow what its live version takes and answers, and whether its draft is valid", async () => {
  const project = await TestProject.create();
  const live = await project.deployEndpoint({
    path: "/live/{text}",
    inputs: { text: { type: "string", origin: "path" } },
    results: { text: "api.text" },
  });
  expect(live.valid).toBe(true);
  expect(live.live).toMatchObject({
    number: 1,
    inputs: [{ name: "text", type: "string", origin: "path", optional: false }],
    endpoint: { method: "POST", path: "/live/{text}", successStatus: 200, replyTimeoutSeconds: 20 },
  });
  const broken = await project.api(importWorkflowContract, {
    query: { force: true },
    body: echoFile("/broken", "Broken").replace("httpapijson", "nothing-like-it"),
  });
  expect(broken).toMatchObject({ valid: false, live: null });
});

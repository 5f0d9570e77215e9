import { createParser } from "eventsource-parser";
import { afterEach, expect, it } from "vitest";
import type { ProjectChange } from "@/lib/events/change";
import { watchProjectContract } from "@/lib/events/contract";
import { callRaw } from "@/lib/http/client";
import { setVariableContract } from "@/lib/variables/contract";
import { importWorkflowContract } from "@/lib/workflows/contract";
import { signUp, TestProject } from "../support/project";
import { echoFile } from "../support/workflow-file";

const opened: AbortController[] = [];
afterEach(() => {
  for (const aborter of opened.splice(0)) aborter.abort();
});

/** A project's stream, opened; `next` gives its changes one after the other. */
async function watch(project: TestProject): Promise<{ next: () => Promise<ProjectChange>; response: Response }> {
  const aborter = new AbortController();
  opened.push(aborter);
  const options = { baseUrl: project.url, token: project.admin.token, signal: aborter.signal };
  const response = await callRaw(watchProjectContract, { params: { project: project.id } }, options);
  const changes: ProjectChange[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === "change") changes.push(JSON.parse(data));
    },
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  const read = async () => {
    const { done, value } = await reader.read();
    if (done) throw new Error("the stream has ended");
    parser.feed(decoder.decode(value, { stream: true }));
  };
  // The first comment says that the server listens.
  await read();
  const next = async () => {
    for (;;) {
      const change = changes.shift();
      if (change) return change;
      await read();
    }
  };
  return { next, response };
}

it("tells a member what changes, within a second of its happening", async () => {
  const project = await TestProject.create();
  const stream = await watch(project);
  expect(stream.response.headers.get("content-type")).toBe("text/event-stream");
  const startedAt = Date.now();
  await project.api(importWorkflowContract, { query: {}, body: echoFile("/echo") });
  const changedAt = Date.now();
  expect(await stream.next()).toEqual({ topics: ["workflows"], runs: [] });
  expect(Date.now() - changedAt).toBeLessThan(1_000);
  expect(Date.now()).toBeGreaterThan(startedAt);
});

it("names the runs that moved", async () => {
  const project = await TestProject.create();
  await project.deploy(echoFile("/echo"));
  const stream = await watch(project);
  const answer = await project.post("/echo", { text: "hi" });
  expect(answer.status).toBe(200);
  let change = await stream.next();
  // That it was deployed may have been on its way still.
  while (!change.topics.includes("runs")) change = await stream.next();
  expect(change.topics.filter((topic) => topic !== "workflows")).toEqual(["runs"]);
  expect(change.runs).toEqual([expect.stringMatching(/^WorkflowRun-/)]);
});

it("tells nothing of other projects", async () => {
  const project = await TestProject.create();
  const other = await TestProject.create();
  const stream = await watch(project);
  const setVariable = { params: { project: other.id, variable: "A" }, body: { value: "1" } };
  await other.api(setVariableContract, setVariable);
  await other.api(importWorkflowContract, { query: {}, body: echoFile("/echo") });
  await project.api(setVariableContract, { ...setVariable, params: { project: project.id, variable: "A" } });
  expect(await stream.next()).toEqual({ topics: ["variables"], runs: [] });
});

it("is closed to strangers and to whoever is not signed in", async () => {
  const project = await TestProject.create();
  const stranger = await signUp();
  const open = (token: string | undefined) =>
    callRaw(watchProjectContract, { params: { project: project.id } }, { baseUrl: project.url, token });
  await expect(open(stranger.token)).rejects.toMatchObject({ status: 404 });
  await expect(open(undefined)).rejects.toMatchObject({ status: 401 });
});

import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { deleteProjectContract } from "@/lib/projects/contract";
import { replayRunContract } from "@/lib/runs/contract";
import { startBucket, type TestBucket } from "../support/bucket";
import { instance } from "../support/instance";
import { TestProject } from "../support/project";
import { type StartedInstance, startInstance } from "../support/start-instance";

let bucket: TestBucket;
let started: StartedInstance | undefined;

beforeAll(async () => {
  bucket = await startBucket();
}, 240_000);
afterAll(async () => {
  await started?.stop();
  await bucket?.close();
});

it("an instance on a bucket has its values there, also once its own disk has lost them", async () => {
  started = await startInstance({ BLOB_STORE_URL: bucket.urlOf("instance") });
  const { url } = instance(started.home);
  const project = await TestProject.create(url);
  await project.pushCode(
    {
      id: "write",
      outputs: { file: "file", text: "longstring" },
      code: 'def handle(i):\n    open("out.txt", "w").write("kept" * 20_000)\n    return {"file": "out.txt", "text": "x" * 50_000}\n',
    },
    {
      id: "measure",
      inputs: { file: "file", text: "longstring" },
      outputs: { sizes: "string" },
      code: "def handle(i): return {\"sizes\": f\"{len(open(i['file']).read())} {len(i['text'])}\"}\n",
    },
  );
  await project.deployEndpoint({
    path: "/sizes",
    steps: {
      write: { use: "write" },
      measure: { use: "measure", after: ["write"], with: { file: "=write.file", text: "=write.text" } },
    },
    results: { sizes: "measure.sizes" },
  });
  const answer = await project.post("/sizes", {});
  expect(await answer.json()).toEqual({ sizes: "80000 50000" });
  const below = `instance/${project.id}/`;
  expect((await bucket.keysBelow(below)).length).toBeGreaterThanOrEqual(4);

  rmSync(join(started.home, "blobs"), { recursive: true });
  const params = { project: project.id, run: answer.headers.get("x-workflow-run-id") ?? "" };
  const again = await project.api(replayRunContract, { params, body: { from: "measure" } });
  expect((await project.endedRun(again.id)).steps.at(-1)?.outputs).toEqual({ sizes: "80000 50000" });

  rmSync(join(started.home, "blobs"), { recursive: true });
  const { steps } = await project.showRun(params.run);
  const file = steps.find(({ node }) => node === "write")?.outputs?.file as { url: string };
  const headers = { authorization: `Bearer ${project.admin.token}` };
  expect(await (await fetch(new URL(file.url, url), { headers })).text()).toBe("kept".repeat(20_000));
  await project.api(deleteProjectContract);
  expect(await bucket.keysBelow(below)).toEqual([]);
}, 240_000);

import { type ClientRequest, request as httpRequest } from "node:http";
import { expect, it } from "vitest";
import { listRunsContract } from "@/lib/runs/contract";
import { TestProject } from "../support/project";
import { until } from "../support/wait";

/** By then the limit of one project must have been met, and that of the whole process must not. */
const mostCalls = 2_000;

/** Begins a call and never ends its body: it is under way for as long as the test likes. */
function beginCall(project: TestProject): ClientRequest {
  const { port, pathname } = new URL(`${project.url}/user-api/${project.id}/echo`);
  const headers = { authorization: project.key, "content-type": "application/json", "transfer-encoding": "chunked" };
  const call = httpRequest({ port, path: pathname, method: "POST", headers, agent: false });
  call.on("error", () => {});
  call.write('{"text": ');
  return call;
}

it("refuses calls past a project's limit with 429, starts nothing, and takes them again afterwards", async () => {
  const [project, neighbour] = await Promise.all([TestProject.create(), TestProject.create()]);
  for (const owner of [project, neighbour])
    await owner.deployEndpoint({ path: "/echo", inputs: { text: "string" }, results: { text: "api.text" } });
  const open: ClientRequest[] = [];
  const refused = await until("a call is refused", async () => {
    if (open.length < mostCalls) open.push(...Array.from({ length: 250 }, () => beginCall(project)));
    const answer = await project.post("/echo", { text: "one more" });
    return answer.status === 200 ? undefined : answer;
  });
  expect([refused.status, refused.headers.get("content-type")]).toEqual([429, "application/problem+json"]);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await neighbour.post("/echo", { text: "hi" })).status).toBe(200);
  for (const call of open) call.destroy();
  const runsBefore = (await project.api(listRunsContract, { query: { limit: 200 } })).items.length;
  await until("calls are taken again", async () => (await project.post("/echo", { text: "again" })).status === 200);
  const runsAfter = (await project.api(listRunsContract, { query: { limit: 200 } })).items.length;
  expect(runsAfter - runsBefore).toBe(1);
});

import { createHash, randomBytes } from "node:crypto";
import { request as startRequest } from "node:http";
import { beforeAll, describe, expect, it } from "vitest";
import { updateProjectContract } from "@/lib/projects/contract";
import { refusal } from "../support/checked";
import { instance } from "../support/instance";
import { ListeningWorkflow } from "../support/listeners";
import { TestProject } from "../support/project";
import { until } from "../support/wait";
import { echoFile, endpointFile, triggerFile } from "../support/workflow-file";

let project: TestProject;
let live: ListeningWorkflow;

beforeAll(async () => {
  project = await TestProject.create();
  await project.pushFixtures("serves-http", "node-serves-http");
  const addons = { http_service: { timeout_seconds: 2 } };
  live = await ListeningWorkflow.of(project, "serves-http", {}, { addons });
  await answering("/hooks");
});

/** A process listens a moment after it was started. */
function answering(path: string): Promise<Response> {
  return until(`${path} answers`, async () => {
    const answer = await project.call(path);
    return answer.status === 200 && answer;
  });
}

const problemOf = async (answer: Response) => {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  return [answer.status, (await answer.json()).detail];
};

describe("a trigger that serves HTTP", () => {
  it("is sent what is below its prefix, whatever the method, and starts runs", async () => {
    const answer = await project.post("/hooks/deep/er?a=1&b=%2F", { n: 1 });
    const { run, size } = await answer.json();
    expect([answer.status, size]).toEqual([201, 7]);
    expect(await project.endedRun(run)).toMatchObject({ source: "trigger", inputs: { text: '{"n":1}' } });
    for (const method of ["GET", "DELETE", "PROPFIND"]) {
      const told = await (await project.call("/hooks/a%2Fb/../c?x=%20y", { method })).json();
      expect(told).toMatchObject({ method, path: "/hooks/c?x=%20y" });
    }
    const head = await project.call("/hooks/x", { method: "HEAD" });
    expect(head.status).toBe(501);
  });

  it("is told nothing of its caller's rights, and says nothing of Millrace's origin", async () => {
    const headers = {
      cookie: "next-auth.session-token=secret",
      "x-custom": "kept",
      "x-forwarded-for": "6.6.6.6",
      "x-millrace-pass": "forged",
    };
    const answer = await project.call("/hooks/who", { headers });
    const told = await answer.json();
    const names = Object.fromEntries(Object.entries(told.headers).map(([name, value]) => [name.toLowerCase(), value]));
    expect(names).toMatchObject({
      "x-custom": "kept",
      "x-forwarded-for": expect.stringMatching(/127\.0\.0\.1$/),
      "x-forwarded-host": new URL(project.url).host,
      "x-forwarded-proto": "http",
    });
    expect(JSON.stringify(told)).not.toContain(project.key);
    for (const name of ["cookie", "authorization", "x-millrace-pass", "x-millrace-address"])
      expect(names).not.toHaveProperty(name);
    expect(answer.headers.get("x-own")).toBe("yes");
    const basic = await project.call("/hooks/who", {
      headers: { authorization: "Basic abc", "x-api-key": project.key },
    });
    expect((await basic.json()).headers).toMatchObject({ authorization: "Basic abc" });
    const moved = await project.call("/hooks/elsewhere", { redirect: "manual" });
    expect(moved.headers.get("location")).toBe(`/user-api/${project.id}/hooks/here?a=b`);
    const page = await project.call("/hooks/page");
    expect(await page.text()).toContain("<script>");
    expect(page.headers.get("content-security-policy")).toMatch(/^sandbox (?!.*allow-same-origin)/);
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    expect(page.headers.get("set-cookie")).toBeNull();
    expect(page.headers.get("clear-site-data")).toBeNull();
  });

  it("is answered as it comes: events before the answer has ended, and bodies of any size", async () => {
    const stream = await project.call("/hooks/stream");
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
    const read = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await read()).toBe("data: first\n\n");
    expect((await project.call("/hooks/go-on")).status).toBe(204);
    expect(await read()).toBe("data: second\n\n");
    expect((await reader.read()).done).toBe(true);

    const body = randomBytes(20 * 1024 * 1024);
    const sha256 = createHash("sha256").update(body).digest("hex");
    const whole = await project.call("/hooks/up", { method: "POST", body });
    expect(await whole.json()).toMatchObject({ size: body.length, sha256 });
    const chunked = new ReadableStream({
      start(controller) {
        controller.enqueue(body.subarray(0, 7));
        controller.enqueue(body.subarray(7));
        controller.close();
      },
    });
    const answer = await project.call("/hooks/up", { method: "POST", body: chunked, duplex: "half" } as RequestInit);
    expect(await answer.json()).toMatchObject({ size: body.length, sha256 });
    const tooLarge = await declare("/hooks/up", 2 * 1024 ** 3);
    expect(tooLarge).toBe(413);
  });

  it("that does not answer is said to", async () => {
    expect(await problemOf(await project.call("/hooks/hang-up"))).toEqual([
      502,
      "The trigger's process closed the connection before it answered.",
    ]);
    expect(await problemOf(await project.call("/hooks/slow"))).toEqual([
      504,
      "The trigger did not begin to answer within 2 s.",
    ]);
  });

  it("that has ended is said to have", async () => {
    const workflow = await ListeningWorkflow.deploy(project, {
      code: "async def run(service, inputs):\n    pass\n",
      spec: { addons: { http_service: { endpoint_prefix: "/ended" } } },
    });
    await workflow.inState("ended");
    const [status, detail] = await problemOf(await project.call("/ended"));
    expect([status, detail]).toEqual([503, expect.stringMatching(/has ended by itself/)]);
  });

  it("asks for a key as the project does, unless its workflow says otherwise", async () => {
    const bare = (path: string) => fetch(`${project.url}/user-api/${project.id}${path}`);
    await project.api(updateProjectContract, { body: { requireKey: true } });
    expect((await bare("/hooks")).status).toBe(401);
    const open = { http_service: { require_key: false, endpoint_prefix: "/open" } };
    const workflow = await ListeningWorkflow.of(project, "serves-http", {}, { addons: open });
    await until("it answers", async () => (await bare("/open")).status === 200);
    await workflow.stop();
    expect((await bare("/open")).status).toBe(401);
    expect((await project.call("/open")).status).toBe(404);
  });

  it("claims all that is below its prefix", async () => {
    const any = endpointFile({ path: "/{any}/x", inputs: { any: { type: "string", origin: "path" } } });
    for (const file of [echoFile("/hooks"), echoFile("/hooks/one"), any])
      expect(await refusal(project.deploy(file))).toMatchObject({ code: "conflict" });
    await project.deploy(echoFile("/hooks-too"));
    const over = (prefix: string) => ({ addons: { http_service: { endpoint_prefix: prefix } } });
    for (const prefix of ["/hooks/under", "/hooks-too"])
      expect(await refusal(project.deploy(triggerFile("serves-http", {}, over(prefix))))).toMatchObject({
        code: "conflict",
      });
    for (const prefix of ["/", "/a/{b}", "/docs"])
      expect(await refusal(project.deploy(triggerFile("serves-http", {}, over(prefix))))).toMatchObject({
        code: "invalid_definition",
      });
  });

  it("may be written in Node, have a port of its own, and be asked for what is below its prefix", async () => {
    await ListeningWorkflow.of(project, "node-serves-http", {});
    const answer = await answering("/node-hooks/a?b=c");
    expect(await answer.json()).toMatchObject({
      url: "/a?b=c",
      prefix: "/node-hooks",
      headers: { "x-forwarded-prefix": `/user-api/${project.id}/node-hooks` },
    });
  });

  it("is the one of the version that is live, and nothing once its workflow is stopped", async () => {
    const { pid } = await (await project.call("/hooks/x")).json();
    expect(pid).toBeGreaterThan(0);
    await live.stop();
    expect((await problemOf(await project.call("/hooks/x")))[0]).toBe(404);
  });
});

/** Says that a body will be so large, and sends none of it. */
function declare(path: string, length: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${project.key}`, "content-length": String(length) };
    const asked = startRequest(`${instance().url}/user-api/${project.id}${path}`, { method: "POST", headers });
    asked.once("response", (answer) => {
      resolve(answer.statusCode);
      asked.destroy();
    });
    asked.once("error", reject);
    asked.flushHeaders();
  });
}

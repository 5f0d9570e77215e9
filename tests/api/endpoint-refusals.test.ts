import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listRunsContract } from "@/lib/runs/contract";
import { TestProject } from "../support/project";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  await project.deployEndpoint({ path: "/echo/post", inputs: { text: "string" }, results: { text: "api.text" } });
  await project.deployEndpoint({
    path: "/items/{id}",
    method: "GET",
    inputs: { id: "integer" },
    results: { id: "api.id" },
  });
  await project.deployEndpoint({ path: "/items/{id}", method: "DELETE", inputs: { id: "integer" } });
  await project.deployEndpoint({ path: "/items/fixed", method: "GET", results: {} });
});

/** Whatever is refused here starts nothing: the few runs there are come from calls that were answered. */
let answered = 0;
afterAll(async () => {
  const { items } = await project.api(listRunsContract, { query: { limit: 200 } });
  expect(items.length).toBe(answered);
});

async function expectProblem(answer: Response, status: number) {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const problem = await answer.json();
  expect(problem).toMatchObject({ type: "about:blank", status });
  expect(problem.message.length).toBeGreaterThan(0);
  expect([problem.detail, problem.error]).toEqual([problem.message, problem.message]);
  expect(answer.status).toBe(status);
  return problem;
}

const post = (path: string, body: string, type = "application/json") =>
  project.call(path, { method: "POST", headers: { "content-type": type }, body });

it.concurrent.each([
  ["not JSON", "{"],
  ["not an object", "[1]"],
  ["not an object", '"text"'],
  ["not an object", "null"],
  ["not UTF-8", "\xff\xfe"],
])("400: a body that is %s", async (_, body) => {
  await expectProblem(
    await project.call("/echo/post", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: Buffer.from(body, "latin1"),
    }),
    400,
  );
});

it.concurrent("400: an address with a broken percent sign", async () => {
  await expectProblem(await project.call("/items/%zz"), 400);
});

it.concurrent.each(["/nothing", "/echo", "/echo/post/more", "/items", "/"])("404: %s", async (path) => {
  const problem = await expectProblem(await project.call(path, { method: "POST" }), 404);
  expect(problem.message).toContain(path);
});

it.concurrent("404: a project that does not exist, whatever its id looks like", async () => {
  for (const id of ["nosuchproj", "NOSUCH", "a%2fb", "x".repeat(300)]) {
    await expectProblem(await fetch(`${project.url}/user-api/${id}/echo/post`, { method: "POST" }), 404);
  }
});

it.concurrent.each([
  ["GET", "/echo/post", "POST"],
  ["PUT", "/echo/post", "POST"],
  ["POST", "/items/1", "GET, DELETE"],
  ["POST", "/items/fixed", "GET, DELETE"],
])("405: %s %s, with what is allowed", async (method, path, allow) => {
  const answer = await project.call(path, { method });
  expect(answer.headers.get("allow")).toBe(allow);
  await expectProblem(answer, 405);
});

it.concurrent("413: a body beyond 64 MiB, before it is read", async () => {
  const answer = await project.call("/echo/post", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: new Blob([`{"text": "${"x".repeat(64 * 1024 * 1024)}"}`]),
  });
  await expectProblem(answer, 413);
});

it.concurrent.each(["text/plain", "application/xml", "image/png"])("415: %s", async (type) => {
  const problem = await expectProblem(await post("/echo/post", "x", type), 415);
  expect(problem.message).toContain("application/json");
});

it.concurrent.each(["application/json; charset=utf-8", "application/vnd.api+json", "APPLICATION/JSON"])(
  "takes JSON by the name of %s",
  async (type) => {
    answered++;
    expect((await post("/echo/post", '{"text": "x"}', type)).status).toBe(200);
  },
);

it.concurrent("takes JSON from who does not say what it sends", async () => {
  answered++;
  const { port, pathname } = new URL(`${project.url}/user-api/${project.id}/echo/post`);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const headers = { authorization: `Bearer ${project.key}` };
    const sent = httpRequest({ port, path: pathname, method: "POST", headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once("error", reject);
    sent.end('{"text": "x"}');
  });
  expect(status).toBe(200);
});

it.concurrent("422: a value that is missing or wrong", async () => {
  const problem = await expectProblem(await post("/echo/post", '{"text": 5}'), 422);
  expect(problem.errors).toEqual([{ path: "body.text", message: "must be a string" }]);
  await expectProblem(await project.call("/items/seven"), 422);
});

it.concurrent.each(["/echo/post/", "//echo//post", "/echo/post//"])("answers %s like /echo/post", async (path) => {
  answered++;
  const answer = await post(path, '{"text": "slashes"}');
  expect([answer.status, await answer.json()]).toEqual([200, { text: "slashes" }]);
});

it.concurrent("prefers a fixed segment to a parameter", async () => {
  answered += 2;
  expect(await (await project.call("/items/fixed")).json()).toEqual({});
  expect(await (await project.call("/items/12")).json()).toEqual({ id: 12 });
});

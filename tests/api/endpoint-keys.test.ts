import { beforeAll, describe, expect, it } from "vitest";
import { createKeyContract, listKeysContract, revokeKeyContract } from "@/lib/keys/contract";
import { updateProjectContract } from "@/lib/projects/contract";
import { listRunsContract } from "@/lib/runs/contract";
import { TestProject } from "../support/project";
import { until } from "../support/wait";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  await project.deployEndpoint({ path: "/echo", inputs: { text: "string" }, results: { text: "api.text" } });
});

function callWith(headers: Record<string, string>, path = "/echo"): Promise<Response> {
  return fetch(`${project.url}/user-api/${project.id}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: '{"text": "hi"}',
  });
}

describe("a key", () => {
  it.concurrent.each([
    ["Authorization: Bearer", (key: string) => ({ authorization: `Bearer ${key}` })],
    ["Authorization: bearer, in any case", (key: string) => ({ authorization: `bEARER  ${key}` })],
    ["Authorization, bare", (key: string) => ({ authorization: key })],
    ["X-API-Key", (key: string) => ({ "x-api-key": key })],
    ["X-API-Key beside a foreign Authorization", (key: string) => ({ "x-api-key": key, authorization: "Basic eDp5" })],
  ])("is taken as %s", async (_, headers) => {
    expect((await callWith(headers(project.key))).status).toBe(200);
  });

  it.concurrent.each([
    ["none at all", () => ({})],
    ["an unknown one", (key: string) => ({ "x-api-key": `${key.slice(0, -1)}${key.endsWith("a") ? "b" : "a"}` })],
    ["a made-up one", () => ({ authorization: "Bearer secret" })],
    ["an empty one", () => ({ authorization: "Bearer " })],
    ["another scheme", (key: string) => ({ authorization: `Basic ${key}` })],
    ["its prefix", (key: string) => ({ authorization: `Bearer ${key.slice(0, 18)}` })],
  ])("is missed with %s, and nothing is started", async (_, headers) => {
    const answer = await callWith(headers(project.key) as Record<string, string>);
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect([answer.status, (await answer.json()).status]).toEqual([401, 401]);
  });

  it.concurrent("is not taken from the address, where logs would keep it", async () => {
    expect((await callWith({}, `/echo?api_key=${project.key}&key=${project.key}`)).status).toBe(401);
  });

  it.concurrent("is asked for before anything is told of the project's endpoints", async () => {
    const [unknown, known] = [await callWith({}, "/no-such-path"), await callWith({})];
    expect(unknown.status).toBe(401);
    expect(await unknown.json()).toEqual(await known.json());
  });

  it.concurrent("of a person opens no endpoint", async () => {
    expect((await callWith({ authorization: `Bearer ${project.admin.token}` })).status).toBe(401);
  });
});

const create = (name: string, expiresAt?: string) =>
  project.api(createKeyContract, { body: { name, ...(expiresAt && { expiresAt }) } });

it("ends at its expiry", async () => {
  const { key } = await create("short", new Date(Date.now() + 1_500).toISOString());
  expect((await callWith({ "x-api-key": key })).status).toBe(200);
  const status = await until("the key has expired", async () => {
    const answer = await callWith({ "x-api-key": key });
    return answer.status === 200 ? undefined : answer.status;
  });
  expect(status).toBe(401);
});

it("ends with its revocation, at once, after it was used", async () => {
  for (let round = 0; round < 5; round++) {
    const { key, id } = await create(`revoked ${round}`);
    expect((await callWith({ "x-api-key": key })).status).toBe(200);
    await project.api(revokeKeyContract, { params: { project: project.id, key: id } });
    expect((await callWith({ "x-api-key": key })).status).toBe(401);
  }
});

it("shows when it was last used", async () => {
  const { key, id } = await create("used");
  const lastUsed = async () =>
    (await project.api(listKeysContract)).items.find((item) => item.id === id)?.lastUsedAt ?? undefined;
  expect(await lastUsed()).toBeUndefined();
  await callWith({ "x-api-key": key });
  const at = await until("its use is noted", lastUsed);
  expect(Math.abs(Date.now() - Date.parse(at))).toBeLessThan(60_000);
});

it("is not needed where the project says so, and needed again at once", async () => {
  const open = await TestProject.create();
  await open.deployEndpoint({ path: "/echo", inputs: { text: "string" }, results: { text: "api.text" } });
  const call = (headers: Record<string, string> = {}) =>
    fetch(`${open.url}/user-api/${open.id}/echo`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: '{"text": "hi"}',
    });
  expect((await call()).status).toBe(401);
  await open.api(updateProjectContract, { body: { requireKey: false } });
  expect((await call()).status).toBe(200);
  expect((await call({ "x-api-key": "unknown" })).status).toBe(200);
  await open.api(updateProjectContract, { body: { requireKey: true } });
  expect((await call()).status).toBe(401);
  const { items } = await open.api(listRunsContract);
  expect(items).toHaveLength(2);
});

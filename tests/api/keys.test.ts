import { beforeAll, expect, it } from "vitest";
import { createKeyContract, listKeysContract, revokeKeyContract } from "@/lib/keys/contract";
import { issuesByPath, refusal } from "../support/checked";
import { TestProject } from "../support/project";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

const create = (body: { name: string; expiresAt?: string | null }) => project.api(createKeyContract, { body });

it.concurrent("shows a key's secret once, and lists it without", async () => {
  const { key, ...rest } = await create({ name: "frontend" });
  expect(key.startsWith(rest.prefix)).toBe(true);
  expect(key.length - rest.prefix.length).toBeGreaterThan(30);
  expect(rest).toMatchObject({ name: "frontend", expiresAt: null, lastUsedAt: null, revokedAt: null });
  const response = await project.raw(listKeysContract);
  const text = await response.text();
  expect(text).not.toContain(key);
  expect(JSON.parse(text).items).toContainEqual(rest);
});

it.concurrent("takes a moment or a day as expiry; a day means its end", async () => {
  const day = await create({ name: "by day", expiresAt: "2999-01-31" });
  expect(day.expiresAt).toBe("2999-01-31T23:59:59.999Z");
  const moment = await create({ name: "by moment", expiresAt: "2999-01-31T12:00:00+02:00" });
  expect(moment.expiresAt).toBe("2999-01-31T10:00:00.000Z");
});

it.concurrent.each([
  [{ name: "past", expiresAt: "2001-01-01" }, "body.expiresAt"],
  [{ name: "no date", expiresAt: "tomorrow" }, "body.expiresAt"],
  [{ name: "  " }, "body.name"],
])("refuses %j", async (body, place) => {
  const error = await refusal(create(body));
  expect([error.status, error.code, Object.keys(issuesByPath(error))]).toEqual([422, "invalid_input", [place]]);
});

it.concurrent("refuses a second key of one name until the first is revoked", async () => {
  const first = await create({ name: "twice" });
  expect((await refusal(create({ name: "twice" }))).code).toBe("conflict");
  const revoked = await project.api(revokeKeyContract, { params: { project: project.id, key: first.id } });
  expect(revoked.revokedAt).not.toBeNull();
  const second = await create({ name: "twice" });
  expect(second.id).not.toBe(first.id);
  // Revoking again changes nothing, not even the time.
  expect(await project.api(revokeKeyContract, { params: { project: project.id, key: first.id } })).toEqual(revoked);
});

it.concurrent("answers 404 for a key that is not there", async () => {
  const params = { project: project.id, key: "key_01nosuchkey" };
  expect((await refusal(project.api(revokeKeyContract, { params }))).code).toBe("not_found");
});

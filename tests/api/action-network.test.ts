import { beforeAll, expect, it } from "vitest";
import { deleteActionContract, grantNetworkContract, showActionContract } from "@/lib/actions/contract";
import { refusal } from "../support/checked";
import type { PackageSpec } from "../support/packages";
import { TestProject } from "../support/project";

const code = "def handle(i): pass\n";
const asking = (id: string, network: unknown): PackageSpec => ({
  id,
  code,
  spec: { options: { millrace: { network } } },
});

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushCode(
    { id: "silent", code },
    asking("asks-some", ["API.example.com", "*.example.org:8443"]),
    asking("asks-all", true),
    { ...asking("asks-none", "off"), version: "1.0" },
    { id: "short-lived", code },
  );
});

const show = (action: string) =>
  project.api(showActionContract, { params: { project: project.id, action, version: "latest" } });
const grant = (action: string, body: { policy: "off" | "allow-list" | "on"; hosts?: string[] }) =>
  project.api(grantNetworkContract, { params: { project: project.id, action }, body });
const nothing = { policy: "off", hosts: [], grantedAt: null };

it.concurrent.each([
  ["silent", { policy: "off", hosts: [] }],
  ["asks-some", { policy: "allow-list", hosts: ["api.example.com", "*.example.org:8443"] }],
  ["asks-all", { policy: "on", hosts: [] }],
  ["asks-none", { policy: "off", hosts: [] }],
])("%s: what a package asks for is shown, and not given", async (action, network) => {
  expect(await show(action)).toMatchObject({ network, grant: nothing });
});

it("what is granted holds for the action, until it is changed", async () => {
  const given = await grant("asks-some", {
    policy: "allow-list",
    hosts: ["API.example.com", "api.example.com", "db:5432"],
  });
  expect(given).toMatchObject({ policy: "allow-list", hosts: ["api.example.com", "db:5432"] });
  expect((await show("asks-some")).grant).toEqual(given);
  await project.pushCode({ ...asking("asks-some", true), version: "2.0" });
  expect(await show("asks-some")).toMatchObject({ version: "2.0", network: { policy: "on" }, grant: given });
  expect(await grant("asks-some", { policy: "off" })).toMatchObject({ policy: "off", hosts: [] });
});

it.concurrent("an action pushed anew under the id of one that is gone has been granted nothing", async () => {
  await grant("short-lived", { policy: "on" });
  await project.api(deleteActionContract, { params: { project: project.id, action: "short-lived", version: "1.0" } });
  await project.pushCode({ id: "short-lived", code: `${code}# another\n` });
  expect((await show("short-lived")).grant).toEqual(nothing);
});

it.concurrent.each([
  [{ policy: "allow-list" as const }, "body.hosts", "at least one host"],
  [{ policy: "on" as const, hosts: ["example.com"] }, "body.hosts", "only an allow-list has hosts"],
  [{ policy: "allow-list" as const, hosts: ["https://example.com"] }, "body.hosts.0", "must be a host"],
])("%j is refused", async (body, path, message) => {
  const error = await refusal(grant("silent", body));
  expect([error.status, error.issues[0]?.path, error.issues[0]?.message]).toEqual([
    422,
    path,
    expect.stringContaining(message),
  ]);
});

it.concurrent("an action that is not there is not found", async () => {
  expect((await refusal(grant("nowhere", { policy: "on" }))).status).toBe(404);
});

it.concurrent("metadata that asks for no host is told at its line", async () => {
  const error = await project.pushCode(asking("asks-wrongly", ["https://example.com"])).catch((caught) => caught);
  expect(JSON.stringify(error.issues)).toContain("must be a host such as api.example.com");
});

import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { listRunsContract } from "@/lib/runs/contract";
import { listEventsContract } from "@/lib/triggers/contract";
import { setVariableContract } from "@/lib/variables/contract";
import { TestProject } from "../support/project";
import { type EndpointSpec, triggerFile } from "../support/workflow-file";

/** Deliveries as the services' own documentation gives them, shortened by what nothing reads. */
const sample = (name: string) => readFile(resolve("tests/fixtures/deliveries", `${name}.json`), "utf8");

const secret = "of-the-tests-0123456789";
let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  const params = { project: project.id, variable: "HOOK" };
  await project.api(setVariableContract, { params, body: { value: secret, secret: true } });
});

async function ready(trigger: string, settings: Record<string, string> = {}, inputs: EndpointSpec["inputs"] = {}) {
  const path = `/hooks/${trigger}-${Math.random().toString(36).slice(2)}`;
  const all = { path, secret: { variable: "HOOK" }, ...settings };
  const { id } = await project.deploy(triggerFile(trigger, all, { name: path, inputs }));
  return { id, path };
}

const addressOf = (path: string) => `${project.url}/user-api/${project.id}${path}`;
const send = (path: string, body: string, headers: Record<string, string>) =>
  fetch(addressOf(path), { method: "POST", body, headers: { "content-type": "application/json", ...headers } });

const github = (event: string, body: string, id = event) => ({
  "x-github-event": event,
  "x-github-delivery": id,
  "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
});
const gitlab = (event: string, id: string) => ({
  "x-gitlab-event": event,
  "x-gitlab-token": secret,
  "idempotency-key": id,
});
function hubspot(path: string, body: string, at = Date.now()) {
  const signature = createHmac("sha256", secret)
    .update(`POST${addressOf(path)}${body}${at}`)
    .digest("base64");
  return { "x-hubspot-request-timestamp": `${at}`, "x-hubspot-signature-v3": signature };
}

async function outputsOf(answer: Response): Promise<Record<string, unknown>> {
  const run = answer.headers.get("x-workflow-run-id");
  if (!run) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await project.showRun(run)).inputs;
}
const runsOf = async (workflow: string) => (await project.api(listRunsContract, { query: { workflow } })).items;
const eventsOf = async (workflow: string) =>
  (await project.api(listEventsContract, { params: { project: project.id, workflow } })).items;

describe("GitHub's events", () => {
  it("are given by what they are about, whatever kind they are", async () => {
    const { path } = await ready("github-event", {}, { "repository.id": "integer" });
    const opened = await sample("github-pull-request");
    expect(await outputsOf(await send(path, opened, github("pull_request", opened)))).toMatchObject({
      event: "pull_request",
      action: "opened",
      repository: "Codertocat/Hello-World",
      ref: "changes",
      author: "Codertocat",
      title: "Update the README with new information.",
      url: "https://github.com/Codertocat/Hello-World/pull/2",
      number: 2,
      delivery: "pull_request",
      body: opened,
      "repository.id": 186853002,
    });
    const published = await sample("github-release");
    expect(await outputsOf(await send(path, published, github("release", published)))).toMatchObject({
      event: "release",
      action: "published",
      ref: "0.0.1",
      title: "0.0.1",
      number: null,
    });
    const pushed = await sample("github-push");
    expect(await outputsOf(await send(path, pushed, github("push", pushed)))).toMatchObject({
      event: "push",
      action: null,
      ref: "refs/tags/simple-tag",
      author: "Codertocat",
    });
  });

  it("that are not wanted are answered 200, start nothing and are listed with the reason", async () => {
    const { id, path } = await ready("github-event", {
      events: "pull_request, push",
      actions: "opened, re*",
      branches: "master, release/*",
    });
    const opened = await sample("github-pull-request");
    const closed = opened.replace('"action": "opened"', '"action": "closed"');
    const pushed = await sample("github-push");
    const branch = pushed.replace("refs/tags/simple-tag", "refs/heads/release/2");
    const statuses = [];
    for (const [event, body, name] of [
      ["issues", "{}", "d-1"],
      ["pull_request", closed, "d-2"],
      ["push", pushed, "d-3"],
      ["push", branch, "d-4"],
      ["pull_request", opened, "d-5"],
    ] as const)
      statuses.push((await send(path, body, github(event, body, name))).status);
    expect(statuses).toEqual([200, 200, 200, 202, 202]);
    expect(await runsOf(id)).toHaveLength(2);
    const events = await eventsOf(id);
    expect(events.map(({ identity, outcome, reason }) => [identity, outcome, reason]).reverse()).toEqual([
      ["d-1", "ignored", "Events: issues is not among pull_request, push."],
      ["d-2", "ignored", "Actions: closed is not among opened, re*."],
      ["d-3", "ignored", "Branches: simple-tag is not among master, release/*."],
      ["d-4", "started", null],
      ["d-5", "started", null],
    ]);
  });

  it("need the secret, and its signature", async () => {
    const { path } = await ready("github-event");
    const unsigned = { ...github("push", "{}"), "x-hub-signature-256": "sha256=00" };
    expect((await send(path, "{}", unsigned)).status).toBe(401);
    const without = project.deploy(triggerFile("github-event", { path: "/hooks/without" }));
    await expect(without).rejects.toThrow(/Without a secret/);
  });
});

describe("GitLab's", () => {
  it.each([
    [
      "gitlab-merge-request",
      "Merge Request Hook",
      {
        action: "open",
        source_branch: "ms-viewport",
        target_branch: "master",
        author: "root",
        number: 1,
        draft: false,
      },
    ],
    ["gitlab-pipeline", "Pipeline Hook", { status: "success", ref: "master", duration: 63, id: 31, author: "root" }],
    [
      "gitlab-release",
      "Release Hook",
      { action: "create", tag: "v1.1", repository: "gitlab-org/release-webhook-example", author: "Example User" },
    ],
  ])("%s is read, and what else the hook sends ignored", async (trigger, event, expected) => {
    const { id, path } = await ready(trigger);
    const body = await sample(trigger);
    expect(await outputsOf(await send(path, body, gitlab(event, "g-1")))).toMatchObject({ ...expected, body });
    expect((await send(path, body, gitlab(event, "g-1"))).status).toBe(200);
    const push = await send(path, '{"object_kind":"push"}', gitlab("Push Hook", "g-2"));
    expect([push.status, await push.json()]).toEqual([200, { ignored: expect.stringContaining("It is push") }]);
    expect((await send(path, body, { ...gitlab(event, "g-3"), "x-gitlab-token": "guess" })).status).toBe(401);
    expect(await runsOf(id)).toHaveLength(1);
  });
});

describe("HubSpot's new contacts", () => {
  it("are a run each, however often the list comes, and whatever else is in it", async () => {
    const { id, path } = await ready("hubspot-contact");
    const [contact] = JSON.parse(await sample("hubspot-contact"));
    const deal = { ...contact, eventId: 2, subscriptionType: "deal.creation" };
    const newer = { ...contact, eventId: 3, subscriptionType: "object.creation", objectTypeId: "0-1", objectId: 124 };
    const company = { ...newer, eventId: 4, objectTypeId: "0-2" };
    const broken = { ...contact, eventId: 5, objectId: null };
    const body = JSON.stringify([contact, deal, newer, company, broken]);
    const first = await send(path, body, hubspot(path, body));
    const ids = (await first.json()).workflow_run_ids;
    expect([first.status, ids.length]).toEqual([202, 2]);
    expect((await project.showRun(ids[0])).inputs).toMatchObject({
      contact: "123",
      portal: "62515",
      event: "contact.creation",
      source: "CRM",
      occurred_at: 1564113600000,
    });
    const again = JSON.stringify([{ ...contact, attemptNumber: 1 }]);
    const second = await send(path, again, hubspot(path, again));
    expect([second.status, await second.json()]).toEqual([200, { workflow_run_ids: [ids[0]] }]);
    expect(await runsOf(id)).toHaveLength(2);
    const outcomes = (await eventsOf(id)).map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual(["duplicate", "ignored", "ignored", "rejected", "started", "started"]);
  });

  it("are refused unsigned, with an old signature, for another address, and where they are no list", async () => {
    const { path } = await ready("hubspot-contact");
    const body = await sample("hubspot-contact");
    const refused = [
      await send(path, body, {}),
      await send(path, body, hubspot(path, body, Date.now() - 301_000)),
      await send(path, body, hubspot("/hooks/other", body)),
      await send(path, "{}", hubspot(path, "{}")),
    ];
    expect(refused.map((answer) => answer.status)).toEqual([401, 401, 401, 422]);
  });
});

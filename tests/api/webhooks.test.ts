import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { listRunsContract } from "@/lib/runs/contract";
import { setVariableContract } from "@/lib/variables/contract";
import { TestProject } from "../support/project";
import { rawHistoryOf } from "../support/temporal";
import { type EndpointSpec, triggerFile } from "../support/workflow-file";

const secret = "whsec_of-the-tests-0123456789";
let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  const params = { project: project.id, variable: "HOOK" };
  await project.api(setVariableContract, { params, body: { value: secret, secret: true } });
});

type Inputs = EndpointSpec["inputs"];
const hook = async (verification: string, inputs: Inputs = {}, settings: Record<string, unknown> = {}) => {
  const path = `/hooks/${verification}-${Math.random().toString(36).slice(2)}`;
  const secretSetting = verification === "none" ? {} : { secret: { variable: "HOOK" } };
  const all = { path, verification, ...secretSetting, ...settings };
  const { id, endpoint } = await project.deploy(triggerFile("webhook", all, { name: path, inputs }));
  expect(endpoint).toMatchObject({ method: "POST", path });
  return { id, path };
};

/** As another service calls: without a key of the project. */
const send = (path: string, body: BodyInit, headers: Record<string, string> = {}, method = "POST") =>
  fetch(`${project.url}/user-api/${project.id}${path}`, { method, headers, ...(method === "POST" && { body }) });

const hex = (text: string, algorithm = "sha256") => createHmac(algorithm, secret).update(text).digest("hex");
const runsOf = async (workflow: string) => (await project.api(listRunsContract, { query: { workflow } })).items;

async function outputsOf(answer: Response): Promise<Record<string, unknown>> {
  const run = answer.headers.get("x-workflow-run-id");
  if (!run) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await project.endedRun(run)).inputs;
}

describe("a delivery of GitHub", () => {
  const github = (body: string, id: string, more = {}) => ({
    "content-type": "application/json",
    "x-github-delivery": id,
    "x-github-event": "push",
    "x-hub-signature-256": `sha256=${hex(body)}`,
    ...more,
  });
  const body = JSON.stringify({
    ref: "refs/heads/main",
    size: 3,
    repository: { full_name: "a/b" },
    commits: [{ id: "c1" }],
  });

  it("starts one run, with what its author takes out of it, however often it comes", async () => {
    const { id, path } = await hook("github", {
      ref: "string",
      size: "integer",
      "repository.full_name": "string",
      "commits.0.id": "string",
      repository: "longstring",
      absent: { type: "string", optional: true },
    });
    const first = await send(`${path}?from=test`, body, github(body, "d-1"));
    expect(first.status).toBe(202);
    const outputs = await outputsOf(first);
    expect(outputs).toMatchObject({
      body,
      event: "push",
      delivery: "d-1",
      file: null,
      ref: "refs/heads/main",
      size: 3,
      "repository.full_name": "a/b",
      "commits.0.id": "c1",
      repository: '{"full_name":"a/b"}',
      absent: null,
    });
    expect(JSON.parse(outputs.query as string)).toEqual({ from: "test" });
    expect(JSON.parse(outputs.headers as string)).toMatchObject({ "x-github-event": "push" });
    const again = await Promise.all([1, 2, 3].map(() => send(path, body, github(body, "d-1"))));
    expect(again.map((answer) => answer.status)).toEqual([200, 200, 200]);
    expect((await again[0]?.json())?.workflow_run_id).toBe((await first.json()).workflow_run_id);
    expect(await runsOf(id)).toHaveLength(1);
    expect((await send(path, body, github(body, "d-2"))).status).toBe(202);
    expect(await runsOf(id)).toHaveLength(2);
  });

  it("that is not signed with the secret starts nothing", async () => {
    const { id, path } = await hook("github");
    const refused = [
      await send(path, `${body} `, github(body, "d-1")),
      await send(path, body, github(body, "d-1", { "x-hub-signature-256": "sha256=00" })),
      await send(path, body, { "x-github-delivery": "d-1", authorization: `Bearer ${project.key}` }),
      await send(path, "", {}, "GET"),
    ];
    expect(refused.map((answer) => answer.status)).toEqual([401, 401, 401, 405]);
    expect(await runsOf(id)).toHaveLength(0);
    // What a stranger has sent does not keep the real one out.
    expect((await send(path, body, github(body, "d-1"))).status).toBe(202);
  });

  it("that asks whether somebody is there is answered without a run", async () => {
    const { id, path } = await hook("github", { ref: "string" });
    const ping = await send(path, "{}", github("{}", "d-0", { "x-github-event": "ping" }));
    expect([ping.status, await runsOf(id)]).toEqual([200, []]);
  });

  it("that lacks what is expected is refused with each problem", async () => {
    const { id, path } = await hook("github", { ref: "string", size: "integer" });
    const odd = '{"size": "three"}';
    const answer = await send(path, odd, github(odd, "d-1"));
    expect([answer.status, (await answer.json()).errors]).toEqual([
      422,
      [
        { path: "body.ref", message: "is required" },
        { path: "body.size", message: "must be a whole number" },
      ],
    ]);
    expect(await runsOf(id)).toHaveLength(0);
  });

  it("in a form, as GitHub can send it, is read as the JSON within", async () => {
    const { path } = await hook("github", { ref: "string" });
    const form = new URLSearchParams({ payload: body }).toString();
    const headers = github(form, "d-1", { "content-type": "application/x-www-form-urlencoded" });
    expect(await outputsOf(await send(path, form, headers))).toMatchObject({ ref: "refs/heads/main", body: form });
  });
});

it("a secret is neither shown nor in Temporal's history", async () => {
  const { path } = await hook("gitlab");
  const headers = { "content-type": "application/json", "x-gitlab-token": secret, "x-gitlab-event": "Push Hook" };
  const answer = await send(path, '{"object_kind":"push"}', { ...headers, "idempotency-key": "g-1" });
  const run = answer.headers.get("x-workflow-run-id") ?? "";
  const shown = await project.endedRun(run);
  expect(shown.inputs).toMatchObject({ event: "Push Hook", delivery: "g-1" });
  expect(JSON.stringify(shown)).not.toContain(secret);
  expect(await rawHistoryOf(project.id, run)).not.toContain(secret);
  expect((await send(path, "{}", { ...headers, "x-gitlab-token": "guess" })).status).toBe(401);
});

it("Stripe's deliveries are told apart by their events", async () => {
  const { id, path } = await hook("stripe", { type: "string" });
  const now = Math.floor(Date.now() / 1000);
  const deliver = (event: string, at: number) => {
    const body = JSON.stringify({ id: event, type: "charge.succeeded" });
    return send(path, body, { "stripe-signature": `t=${at},v1=${hex(`${at}.${body}`)}` });
  };
  // Stripe signs anew what it sends again.
  const statuses = [];
  for (const [event, at] of [
    ["evt_1", now],
    ["evt_1", now + 1],
    ["evt_2", now],
    ["evt_3", now - 900],
  ] as const)
    statuses.push((await deliver(event, at)).status);
  expect([statuses, (await runsOf(id)).length]).toEqual([[202, 200, 202, 401], 2]);
});

it("HubSpot's deliveries are told apart by the events that they list, however often one is tried", async () => {
  const { id, path } = await hook("hubspot");
  const event = { eventId: 1, subscriptionId: 7, portalId: 5, occurredAt: 1_564_113_600_000, attemptNumber: 0 };
  const created = { ...event, subscriptionType: "contact.creation", objectId: 123 };
  const deliver = (events: object[], at = Date.now(), address = path) => {
    const body = JSON.stringify(events);
    const signed = `POST${project.url}/user-api/${project.id}${address}${body}${at}`;
    const signature = createHmac("sha256", secret).update(signed).digest("base64");
    return send(path, body, { "x-hubspot-request-timestamp": `${at}`, "x-hubspot-signature-v3": signature });
  };
  const first = await deliver([created, { ...created, eventId: 2 }]);
  const name = "5/7/1/1564113600000,5/7/2/1564113600000";
  expect(await outputsOf(first)).toMatchObject({ event: "contact.creation", delivery: name });
  const statuses = [
    await deliver([created, { ...created, eventId: 2 }].map((one) => ({ ...one, attemptNumber: 1 }))),
    await deliver([created]),
    await deliver([{ subscriptionType: "unnamed" }]),
    await deliver([created], Date.now() - 301_000),
    await deliver([created], Date.now(), "/hooks/other"),
  ].map((answer) => answer.status);
  expect([statuses, (await runsOf(id)).length]).toEqual([[200, 202, 202, 401, 401], 3]);
});

it("Slack's question is answered, signed or refused like all else, and its events are answered 200", async () => {
  const { id, path } = await hook("slack");
  const at = Math.floor(Date.now() / 1000);
  const slack = (body: string) => ({
    "content-type": "application/json",
    "x-slack-request-timestamp": `${at}`,
    "x-slack-signature": `v0=${hex(`v0:${at}:${body}`)}`,
  });
  const question = JSON.stringify({ type: "url_verification", challenge: "3eZbrw1aB" });
  const answered = await send(path, question, slack(question));
  expect([answered.status, await answered.text(), await runsOf(id)]).toEqual([200, "3eZbrw1aB", []]);
  expect((await send(path, question, { ...slack(question), "x-slack-signature": "v0=1" })).status).toBe(401);
  const event = JSON.stringify({ type: "event_callback", event_id: "Ev1", event: { type: "app_mention" } });
  const taken = await send(path, event, slack(event));
  expect([taken.status, await taken.text()]).toEqual([200, ""]);
  expect(await outputsOf(taken)).toMatchObject({ event: "app_mention", delivery: "Ev1" });
  const command = "command=%2Fship&trigger_id=13345224609.738474920";
  const form = { ...slack(command), "content-type": "application/x-www-form-urlencoded" };
  const twice = [await send(path, command, form), await send(path, command, form)];
  expect(new Set(twice.map((answer) => answer.headers.get("x-workflow-run-id"))).size).toBe(1);
  expect(await outputsOf(twice[0] as Response)).toMatchObject({ event: "/ship", delivery: "13345224609.738474920" });
});

describe("a hook with its own HMAC", () => {
  const settings = {
    signature_header: "X-Shop-Signature",
    signature_prefix: "sha1=",
    algorithm: "sha1",
    delivery_header: "X-Shop-Id",
  };
  const shop = (body: string | Buffer, id: string, more = {}) => ({
    "x-shop-signature": `sha1=${createHmac("sha1", secret).update(body).digest("hex")}`,
    "x-shop-id": id,
    ...more,
  });

  it("takes forms, and bodies that are no text as files", async () => {
    const { path } = await hook("hmac", { name: { type: "string", optional: true } }, settings);
    const form = "name=J%C3%BCrgen&x=1";
    const type = { "content-type": "application/x-www-form-urlencoded" };
    expect(await outputsOf(await send(path, form, shop(form, "1", type)))).toMatchObject({
      name: "Jürgen",
      delivery: "1",
    });
    const image = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0x00]);
    const outputs = await outputsOf(await send(path, image, shop(image, "2", { "content-type": "image/png" })));
    expect(outputs).toMatchObject({ body: "", file: { size: 6 } });
  });

  it("answers the question that Meta asks, to whoever knows the secret", async () => {
    const { path } = await hook("hmac", {}, settings);
    const ask = (token: string) =>
      send(`${path}?hub.mode=subscribe&hub.challenge=42&hub.verify_token=${token}`, "", {}, "GET");
    const answer = await ask(secret);
    expect([answer.status, await answer.text()]).toEqual([200, "42"]);
    expect((await ask("guess")).status).toBe(403);
  });
});

describe("a hook that checks no signature", () => {
  it("needs the project's key, and takes each delivery as one of its own", async () => {
    const { id, path } = await hook("none", { a: { type: "integer", origin: "query" } });
    expect((await send(`${path}?a=1`, "{}")).status).toBe(401);
    const key = { "x-api-key": project.key };
    const taken = [await send(`${path}?a=1`, "plain", key), await send(`${path}?a=1`, "plain", key)];
    expect(taken.map((answer) => answer.status)).toEqual([202, 202]);
    expect(await runsOf(id)).toHaveLength(2);
    expect(JSON.stringify(await outputsOf(taken[0] as Response))).not.toContain(project.key);
  });

  it("answers Microsoft's question", async () => {
    const { path } = await hook("none");
    const answer = await send(`${path}?validationToken=a%20b%3Cc%3E`, "", { "x-api-key": project.key });
    expect([answer.status, await answer.text(), answer.headers.get("content-type")]).toEqual([
      200,
      "a b<c>",
      "text/plain; charset=utf-8",
    ]);
  });
});

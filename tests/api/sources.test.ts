import { beforeAll, expect, it } from "vitest";
import type { BodyInputOf } from "@/lib/http/contract";
import {
  addSourceContract,
  importFromSourceContract,
  listSourcesContract,
  updateSourceContract,
} from "@/lib/sources/contract";
import { issuesByPath, refusal } from "../support/checked";
import { TestProject } from "../support/project";

type Body = BodyInputOf<typeof addSourceContract>;

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

const add = (body: Body) => project.api(addSourceContract, { body });
const url = "https://127.0.0.1/actions.git";
const token = { kind: "password" as const, username: "ada", password: "secret" };

it.concurrent.each([
  [{ url: "file:///etc" }, "body.url", /not file/],
  [{ url: "/srv/git/actions.git" }, "body.url", /such as https/],
  [{ url: "https://ada:secret@example.com/a" }, "body.url", /as credentials/],
  [{ url, branch: "--upload-pack=id" }, "body.branch", /no branch/],
  [{ url, branch: "a..b" }, "body.branch", /no branch/],
  [{ url, branch: "a b" }, "body.branch", /no branch/],
  [{ url, branch: "a.lock" }, "body.branch", /no branch/],
  [{ url, credentials: { ...token, password: "a\nhost=example.com" } }, "body.credentials.password", /one line/],
  [
    { url, credentials: { kind: "deploy_key", privateKey: "ssh-ed25519 A" } },
    "body.credentials.privateKey",
    /no private/,
  ],
  [{ url: "git@127.0.0.1:a.git" }, "body.credentials", /needs a deploy key/],
  [{ url: "git@127.0.0.1:a.git", credentials: token }, "body.credentials", /needs a deploy key/],
] as [Body, string, RegExp][])("refuses %j", async (body, path, message) => {
  const error = await refusal(add(body));
  expect([error.status, error.code]).toEqual([422, "invalid_input"]);
  expect(issuesByPath(error)[path]).toMatch(message);
  expect(JSON.stringify(error.issues)).not.toContain("secret@");
});

it("keeps each branch of a repository once, and credentials to itself", async () => {
  const { id, ...added } = await add({ url, credentials: token });
  expect(added).toMatchObject({ branch: null, schedule: "manual", credentials: { kind: "password", username: "ada" } });
  expect(issuesByPath(await refusal(add({ url })))).toEqual({ "body.url": expect.stringMatching(/already/) });
  await add({ url, branch: "release/1.0" });
  const { items } = await project.api(listSourcesContract);
  expect(items.map(({ branch }) => branch)).toEqual([null, "release/1.0"]);
  expect(JSON.stringify(items)).not.toContain("secret");
  const params = { project: project.id, source: id };
  const changed = await project.api(updateSourceContract, { params, body: { credentials: null, schedule: "daily" } });
  expect(changed).toMatchObject({ credentials: null, schedule: "daily", state: "scanning" });
});

it.concurrent.each([{}, { all: true as const, paths: ["a"] }, { paths: [] }])(
  "does not import %j, and names what was not found",
  async (body) => {
    const { id } = await add({ url: `https://127.0.0.1/${JSON.stringify(body).length}.git` });
    const params = { project: project.id, source: id };
    expect((await refusal(project.api(importFromSourceContract, { params, body }))).code).toBe("invalid_input");
    const unknown = await refusal(project.api(importFromSourceContract, { params, body: { paths: ["none"] } }));
    expect(issuesByPath(unknown)).toEqual({ "body.paths.0": expect.stringContaining("“none”") });
  },
);

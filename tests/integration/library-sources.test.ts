import { symlinkSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { showActionContract } from "@/lib/actions/contract";
import type { BodyInputOf, ResultOf } from "@/lib/http/contract";
import {
  addSourceContract,
  createSourceHookContract,
  importFromSourceContract,
  listSourcesContract,
  removeSourceContract,
  scanSourceContract,
  showSourceContract,
  updateSourceContract,
} from "@/lib/sources/contract";
import { sourceScheduleId } from "@/lib/temporal/ids";
import { refusal } from "../support/checked";
import { GitHost, type GitServer, gitAddress, serveGitHttp, serveGitSsh } from "../support/git";
import { filesOf, type PackageSpec } from "../support/packages";
import { TestProject } from "../support/project";
import { findServer } from "../support/servers";
import { connectTemporal } from "../support/temporal";
import { until } from "../support/wait";

type Shown = ResultOf<typeof showSourceContract>;

const host = new GitHost();
const closing: (() => unknown)[] = [() => host.remove()];
let project: TestProject;
let server: GitServer;

beforeAll(async () => {
  project = await TestProject.create();
  server = await serveGitHttp(host);
  closing.unshift(() => server.close());
});
afterAll(async () => {
  for (const close of closing) await close();
});

const at = (source: string) => ({ params: { project: project.id, source } });

function packageAt(folder: string, spec: PackageSpec): Record<string, string> {
  const files = Object.entries(filesOf(spec)).map(([name, text]) => [folder ? `${folder}/${name}` : name, text]);
  return Object.fromEntries(files);
}

function scanned(source: string): Promise<Shown> {
  return until(
    "the scan has ended",
    async () => {
      const shown = await project.api(showSourceContract, at(source));
      return shown.state === "scanned" || shown.state === "failed" ? shown : undefined;
    },
    30_000,
  );
}

async function add(body: BodyInputOf<typeof addSourceContract>): Promise<Shown> {
  return scanned((await project.api(addSourceContract, { body })).id);
}

async function rescan(source: string): Promise<Shown> {
  await project.api(scanSourceContract, at(source));
  return scanned(source);
}

const statuses = (shown: Shown) => Object.fromEntries(shown.packages.map(({ path, status }) => [path, status]));
const handler = (word: string) => `def handle(i): return {'word': '${word}'}\n`;
const spec = (id: string, version: string, word: string): PackageSpec => ({
  id,
  version,
  outputs: { word: "string" },
  code: handler(word),
});

describe("a repository", () => {
  it("is scanned, picked from, changed and scanned again", async () => {
    const repository = host.create("life");
    await repository.commit(
      {
        "README.md": "# Actions",
        ...packageAt("deep/er/one", spec("life-one", "1.0", "one")),
        ...packageAt("two", spec("life-two", "1.0", "two")),
        "two/nested/ryax_metadata.yaml": "part of two",
        "broken/ryax_metadata.yaml": "apiVersion: ryax.tech/v2.0\nkind: Processor\nspec:\n  id: x\n  humanname: X\n",
        "no-metadata/ryax_handler.py": handler("no"),
      },
      "The first ones",
    );
    const first = await add({ url: `${server.url}/life.git` });
    expect(first).toMatchObject({
      state: "scanned",
      problem: null,
      commit: { branch: "trunk", subject: "The first ones", id: repository.git("rev-parse", "HEAD") },
      counts: { new: 2, changed: 0, unchanged: 0, taken: 0, invalid: 1 },
    });
    expect(statuses(first)).toEqual({ broken: "invalid", "deep/er/one": "new", two: "new" });
    const [broken] = first.packages;
    expect(broken?.problems).toContainEqual(
      expect.objectContaining({ line: 5, code: "unknown_key", message: "spec.humanname: there is no such key." }),
    );

    const { items } = await project.api(importFromSourceContract, {
      ...at(first.id),
      body: { paths: ["deep/er/one"] },
    });
    expect(items).toMatchObject([{ path: "deep/er/one", action: { id: "life-one", source: "git" } }]);
    const params = { project: project.id, action: "life-one", version: "1.0" };
    await until(
      "it is built",
      async () => (await project.api(showActionContract, { params })).state === "built",
      30_000,
    );
    expect(statuses(await project.api(showSourceContract, at(first.id)))).toEqual({
      broken: "invalid",
      "deep/er/one": "unchanged",
      two: "new",
    });

    await repository.commit({
      ...packageAt("deep/er/one", spec("life-one", "1.0", "other")),
      ...packageAt("three", spec("life-one", "1.1", "three")),
    });
    const second = await rescan(first.id);
    expect(statuses(second)).toEqual({ broken: "invalid", "deep/er/one": "taken", three: "changed", two: "new" });
    const taken = second.packages.find(({ status }) => status === "taken");
    expect(taken?.problems).toEqual([
      expect.objectContaining({ code: "version_taken", message: expect.stringContaining("Raise spec.version") }),
    ]);
    const refused = await project.api(importFromSourceContract, { ...at(first.id), body: { paths: ["deep/er/one"] } });
    expect(refused.items).toMatchObject([{ action: null, problems: [{ code: "version_taken" }] }]);
    const all = await project.api(importFromSourceContract, { ...at(first.id), body: { all: true } });
    expect(all.items.map(({ path, action }) => [path, action?.id, action?.version])).toEqual([
      ["three", "life-one", "1.1"],
      ["two", "life-two", "1.0"],
    ]);
    const again = await project.api(importFromSourceContract, { ...at(first.id), body: { all: true } });
    expect(again.items).toEqual([]);

    await project.api(removeSourceContract, at(first.id));
    expect((await project.api(listSourcesContract)).items.map(({ id }) => id)).not.toContain(first.id);
    expect((await project.api(showActionContract, { params })).state).toBe("built");
  }, 120_000);

  it("imports what was scanned, though the branch has moved on", async () => {
    const repository = host.create("moving");
    await repository.commit(packageAt("", spec("moving", "1.0", "before")));
    const { id, packages } = await add({ url: `${server.url}/moving.git` });
    expect(packages).toMatchObject([{ path: "", action: { id: "moving", version: "1.0" }, status: "new" }]);
    await repository.commit(packageAt("", spec("moving", "2.0", "after")));
    const { items } = await project.api(importFromSourceContract, { ...at(id), body: { paths: [""] } });
    expect(items[0]?.action?.version).toBe("1.0");
    expect((await rescan(id)).packages).toMatchObject([{ action: { version: "2.0" }, status: "changed" }]);
  });

  it("has another branch than its default one read, and says when there is none", async () => {
    const repository = host.create("branches");
    await repository.commit(packageAt("a", spec("branch-a", "1.0", "a")));
    await repository.commit(packageAt("b", spec("branch-b", "1.0", "b")), "On a branch", "feature/b");
    const trunk = await add({ url: `${server.url}/branches.git` });
    const branch = await add({ url: `${server.url}/branches.git`, branch: "feature/b" });
    expect([statuses(trunk), statuses(branch)]).toEqual([{ a: "new" }, { a: "new", b: "new" }]);
    expect(branch.commit?.branch).toBe("feature/b");
    await project.api(updateSourceContract, { ...at(branch.id), body: { branch: "gone" } });
    const gone = await scanned(branch.id);
    expect(gone).toMatchObject({ state: "failed", problem: "The repository has no branch gone.", packages: [{}, {}] });
    const twice = await refusal(project.api(updateSourceContract, { ...at(branch.id), body: { branch: null } }));
    expect([twice.status, twice.issues[0]?.path]).toEqual([409, "body.branch"]);
  });

  it("brings in no links, no other repositories and no pointers to large files, and runs nothing", async () => {
    const repository = host.create("hostile");
    await repository.commit({
      ...packageAt("linked", spec("linked", "1.0", "x")),
      ...packageAt("large", spec("large", "1.0", "x")),
      "large/model.bin": "version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 12\n",
      ".gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n*.py filter=evil\n",
      ".gitmodules": '[submodule "sub"]\n\tpath = linked/sub\n\turl = https://example.com/x\n',
      ".lfsconfig": "[lfs]\n\turl = https://example.com/lfs\n",
    });
    symlinkSync("/etc/passwd", repository.path("linked", "passwd"));
    symlinkSync("/", repository.path("linked", "root"));
    repository.git("add", "--all");
    repository.stage("160000", repository.git("rev-parse", "HEAD"), "linked/sub");
    repository.git("commit", "--quiet", "--message", "Links");
    repository.git("push", "--quiet", "origin", "HEAD:refs/heads/trunk");
    const shown = await add({ url: `${server.url}/hostile.git` });
    expect(statuses(shown)).toEqual({ large: "invalid", linked: "new" });
    expect(shown.packages[0]?.problems).toMatchObject([{ path: "model.bin", code: "lfs" }]);
    // The very same content pushed as a folder is the same version: nothing else came along.
    await project.api(importFromSourceContract, { ...at(shown.id), body: { paths: ["linked"] } });
    await project.pushCode(spec("linked", "1.0", "x"));
  });

  it("that is empty, or is none, is said to be so", async () => {
    host.create("empty");
    expect(await add({ url: `${server.url}/empty.git` })).toMatchObject({
      state: "failed",
      problem: "The repository has no branch that is its default one.",
    });
    const missing = await add({ url: `${server.url}/missing.git` });
    expect(missing.problem).toMatch(/no repository at this address/);
  });
});

describe("credentials", () => {
  const account = { username: "ada", password: "tok en-'\"$(id)%s" };
  const encoded = Buffer.from(`${account.username}:${account.password}`).toString("base64");

  it("open a private repository, and are shown to nobody", async () => {
    const closed = await serveGitHttp(host, { account });
    closing.unshift(() => closed.close());
    await host.create("private").commit(packageAt("a", spec("private-a", "1.0", "a")));
    const url = `${closed.url}/private.git`;
    const without = await add({ url });
    expect(without.problem).toMatch(/private: then give a user name and a token/);
    const change = async (password: string) => {
      const credentials = { kind: "password" as const, username: account.username, password };
      await project.api(updateSourceContract, { ...at(without.id), body: { credentials } });
      return scanned(without.id);
    };
    expect((await change("wrong")).problem).toMatch(/refused the user name and the password/);
    const open = await change(account.password);
    expect(open).toMatchObject({ state: "scanned", problem: null, credentials: { kind: "password", username: "ada" } });
    const listed = await (await project.raw(listSourcesContract)).text();
    for (const secret of ["tok en", encoded]) expect(listed).not.toContain(secret);
  });

  it("are not handed to where a server redirects to", async () => {
    const thief = await serveGitHttp(host, { account: { username: "x", password: "y" } });
    const redirecting = await serveGitHttp(host, {
      intercept: (request, response) => {
        if (!request.headers.authorization) response.writeHead(401, { "www-authenticate": 'Basic realm="git"' }).end();
        else response.writeHead(302, { location: `${thief.url}/private.git/info/refs?service=git-upload-pack` }).end();
        return true;
      },
    });
    closing.unshift(
      () => thief.close(),
      () => redirecting.close(),
    );
    const shown = await add({ url: `${redirecting.url}/x.git`, credentials: { kind: "password", ...account } });
    expect(shown.state).toBe("failed");
    expect(redirecting.sent).toContain(`Basic ${encoded}`);
    expect(thief.sent.length).toBeGreaterThan(0);
    expect(thief.sent.join()).not.toContain(encoded);
  });
});

describe("private addresses", () => {
  const notPublic = /is not an address on the internet.*MILLRACE_PRIVATE_NETWORKS/;
  const redirectTo = async (location: string) => {
    const redirecting = await serveGitHttp(host, {
      intercept: (_, response) => {
        response.writeHead(302, { location }).end();
        return true;
      },
    });
    closing.unshift(() => redirecting.close());
    return redirecting.url;
  };

  it.each([
    "http://127.0.0.1:1/a.git",
    "http://localhost:1/a.git",
    "http://[::1]:1/a",
    "http://169.254.169.254/latest",
  ])("are not read: %s", async (url) =>
    expect(await add({ url })).toMatchObject({ state: "failed", problem: expect.stringMatching(notPublic) }),
  );

  it("are not read by a redirect either", async () => {
    const shown = await add({ url: `${await redirectTo("http://127.0.0.1:1/x.git/info/refs")}/x.git` });
    expect(shown.problem).toMatch(notPublic);
    const file = await add({ url: `${await redirectTo("file:///etc/passwd")}/x.git` });
    expect(file).toMatchObject({ state: "failed", packages: [] });
  });
});

const sshd = findServer("sshd");
describe.skipIf(!sshd)("over SSH", () => {
  it("a deploy key opens it, and the server must stay the same", async () => {
    const ssh = await serveGitSsh(host, sshd as string);
    closing.unshift(() => ssh.close());
    const repository = host.create("by-ssh");
    await repository.commit(packageAt("a", spec("ssh-a", "1.0", "a")));
    const url = ssh.urlOf("by-ssh");
    const withKey = (privateKey: string) => ({ kind: "deploy_key" as const, privateKey });
    const first = await add({ url, credentials: withKey(ssh.deployKey) });
    expect(first).toMatchObject({ problem: null, credentials: { kind: "deploy_key", username: null } });
    expect(statuses(first)).toEqual({ a: "new" });
    await repository.commit(packageAt("b", spec("ssh-b", "1.0", "b")));
    expect(statuses(await rescan(first.id))).toEqual({ a: "new", b: "new" });

    await ssh.changeHostKey();
    expect(await rescan(first.id)).toMatchObject({
      state: "failed",
      problem: expect.stringMatching(/another host key/),
    });
    const change = async (privateKey: string) => {
      await project.api(updateSourceContract, { ...at(first.id), body: { credentials: withKey(privateKey) } });
      return scanned(first.id);
    };
    expect((await change(ssh.otherKey)).problem).toMatch(/does not accept the deploy key/);
    expect((await change(ssh.deployKey)).problem).toBeNull();
    const locked = await refusal(change(ssh.lockedKey));
    expect(locked.issues).toMatchObject([
      { path: "body.credentials.privateKey", message: expect.stringContaining("passphrase") },
    ]);
    expect(await (await project.raw(showSourceContract, at(first.id))).text()).not.toContain("PRIVATE KEY");
  }, 60_000);

  it("private addresses are not read", async () => {
    const ssh = await serveGitSsh(host, sshd as string);
    closing.unshift(() => ssh.close());
    const url = ssh.urlOf("by-ssh").replace(gitAddress, "127.0.0.1");
    const shown = await add({ url, credentials: { kind: "deploy_key", privateKey: ssh.deployKey } });
    expect(shown.problem).toMatch(/is not an address on the internet/);
  });
});

describe("a repository is scanned by itself", () => {
  it("when its webhook's link is called", async () => {
    const repository = host.create("hooked");
    await repository.commit(packageAt("a", spec("hooked-a", "1.0", "a")));
    const { id } = await add({ url: `${server.url}/hooked.git` });
    const old = await project.api(createSourceHookContract, at(id));
    const { url } = await project.api(createSourceHookContract, at(id));
    await repository.commit(packageAt("b", spec("hooked-b", "1.0", "b")));
    const call = (link: string) => fetch(new URL(new URL(link).pathname, project.url), { method: "POST", body: "{}" });
    expect([(await call(old.url)).status, (await call(`${url}x`)).status, (await call(url)).status]).toEqual([
      404, 404, 202,
    ]);
    const shown = await until("the push is seen", async () => {
      const now = await project.api(showSourceContract, at(id));
      return now.packages.length === 2 ? now : undefined;
    });
    expect(shown).toMatchObject({ hasHook: true });
  });

  it("at its times, by a schedule of Temporal that comes and goes with it", async () => {
    const temporal = await connectTemporal();
    closing.unshift(() => temporal.close());
    const repository = host.create("hourly");
    await repository.commit(packageAt("a", spec("hourly-a", "1.0", "a")));
    const { id } = await add({ url: `${server.url}/hourly.git`, schedule: "hourly" });
    const schedule = temporal.client.schedule.getHandle(sourceScheduleId(project.id, id));
    expect((await schedule.describe()).spec.intervals).toMatchObject([{ every: 3_600_000 }]);
    await project.api(updateSourceContract, { ...at(id), body: { schedule: "daily" } });
    expect((await schedule.describe()).spec.intervals).toMatchObject([{ every: 86_400_000 }]);
    await scanned(id);
    await repository.commit(packageAt("b", spec("hourly-b", "1.0", "b")));
    await schedule.trigger();
    await until(
      "it is scanned",
      async () => (await project.api(showSourceContract, at(id))).packages.length === 2,
      20_000,
    );
    await project.api(removeSourceContract, at(id));
    await expect(schedule.describe()).rejects.toThrow(/not found/i);
  });
});

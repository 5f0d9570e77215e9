import { afterAll, beforeAll, expect, it } from "vitest";
import { GitHost, type GitServer, serveGitHttp } from "../support/git";
import { filesOf } from "../support/packages";
import { openScripted } from "../support/scripted";

const host = new GitHost();
const { cli, close, write } = await openScripted();
let server: GitServer;
let url: string;

const packageOf = (id: string, version = "1.0") =>
  Object.fromEntries(
    Object.entries(filesOf({ id, version, code: "def handle(i): pass\n" })).map(([name, text]) => [
      `${id}/${name}`,
      text,
    ]),
  );

beforeAll(async () => {
  const account = { username: "git", password: "from-a-file" };
  server = await serveGitHttp(host, { account });
  url = `${server.url}/actions.git`;
});
afterAll(async () => {
  close();
  await server.close();
  host.remove();
});

interface Shown {
  id: string;
  counts: Record<string, number>;
  packages: { path: string; status: string }[];
}

it("takes a repository from its address to built actions", async () => {
  const repository = host.create("actions");
  await repository.commit({ ...packageOf("cli-one"), ...packageOf("cli-two"), "bad/ryax_metadata.yaml": "kind: 1\n" });
  const refused = await cli.run(["library", "add", url]);
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringMatching(/private: then give a user name/)]);
  await cli.text(["library", "remove", url]);

  const added = await cli.json<Shown>(["library", "add", url, "--password", `@${write("token", "from-a-file\n")}`]);
  expect(added.packages.map(({ path, status }) => [path, status])).toEqual([
    ["bad", "invalid"],
    ["cli-one", "new"],
    ["cli-two", "new"],
  ]);
  expect(await cli.text(["library", "import", url, "cli-one"])).toMatch(/cli-one@1\.0 +built/);
  await repository.commit(packageOf("cli-one", "1.1"));
  const scan = await cli.run(["library", "scan"]);
  expect(scan.stderr).toMatch(/error .*ryax_metadata\.yaml:1/);
  expect(scan.stdout).toMatch(/cli-one +cli-one@1\.1 +changed/);
  const built = await cli.json<{ id: string; version: string; state: string }[]>([
    "library",
    "import",
    added.id,
    "--all",
  ]);
  expect(built.map(({ id, version, state }) => `${id}@${version} ${state}`)).toEqual([
    "cli-one@1.1 built",
    "cli-two@1.0 built",
  ]);
  expect(await cli.text(["library", "list"])).toMatch(/trunk +scanned +[0-9a-f]{10} +2 unchanged, 1 invalid/);
  expect(await cli.text(["library", "hook", url])).toMatch(/\/api\/v1\/source-hooks\/mrs_/);
  expect(await cli.json(["library", "remove", added.id])).toEqual({ removed: added.id });
  expect(await cli.json(["library", "list"])).toEqual([]);
}, 90_000);

it("says what is wrong with how it is called", async () => {
  const status = async (...args: string[]) => (await cli.run(["library", ...args])).status;
  expect(await status("add", url, "--username", "ada")).toBe(2);
  expect(await status("add", url, "--password", "x", "--deploy-key", "y")).toBe(2);
  expect(await status("add", url, "--schedule", "weekly")).toBe(2);
  expect(await status("scan", "no-such")).toBe(2);
  expect(await status("import", "no-such", "--all")).toBe(2);
  const bad = await cli.run(["library", "add", "/srv/git"]);
  expect([bad.status, bad.stderr]).toEqual([1, expect.stringMatching(/body\.url: Give the address of a repository/)]);
});

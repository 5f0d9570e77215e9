import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Cli } from "../support/cli";
import { instance } from "../support/instance";
import { signUp, TestProject } from "../support/project";

const folder = mkdtempSync(join(tmpdir(), "millrace-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const folders = { count: 0 };
const freshCli = (environment?: NodeJS.Dict<string>) => new Cli(join(folder, String(++folders.count)), environment);
const newcomer = () => ({
  email: `person-${randomBytes(6).toString("hex")}@example.com`,
  password: "correct horse battery",
});

/** What people's scripts count on; `library` comes with a later issue. */
const promised = [
  ...["signup", "login", "logout", "whoami"],
  ...["project create", "project list", "project show"],
  ...["key create", "key list", "key revoke", "key require"],
  ...["variable set", "variable list", "variable unset"],
  ...["action init", "action test", "action push", "action list", "action show", "action delete"],
  ...["catalogue list", "catalogue show", "catalogue add"],
  ...["workflow import", "workflow export", "workflow list", "workflow show", "workflow check"],
  ...["library add", "library scan", "library import", "library list", "library hook", "library remove"],
  ...["workflow deploy", "workflow stop", "workflow rollback"],
  ...["usage", "limits list", "limits set"],
  ...["run start", "run list", "run show", "run logs", "run cancel", "run replay"],
];

/** The commands that a help text lists. */
function listedIn(help: string): string[] {
  const [, listed = ""] = help.split("\nCommands:\n");
  return [...listed.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name = ""]) => name).filter((name) => name !== "help");
}

async function allCommands(cli: Cli): Promise<Map<string, string>> {
  const helps = new Map<string, string>();
  const walk = async (path: string[]): Promise<void> => {
    const help = await cli.text([...path, "--help"]);
    const below = listedIn(help);
    if (below.length === 0) helps.set(path.join(" "), help);
    await Promise.all(below.map((name) => walk([...path, name])));
  };
  await walk([]);
  return helps;
}

describe("help", () => {
  it("is there for each command that is promised, with an example that begins with it", async () => {
    const helps = await allCommands(freshCli({}));
    expect([...helps.keys()]).toEqual(expect.arrayContaining(promised));
    for (const [command, help] of helps) {
      const [, example = ""] = help.split("\nExample:\n");
      expect(example).toContain(`millrace ${command}`);
    }
  }, 60_000);
});

describe("accounts", () => {
  it("signs up, keeps the token to its owner, and signs out", async () => {
    const cli = freshCli();
    const { email, password } = newcomer();
    const signedUp = await cli.json(["signup", "--email", email, "--password", "-", "--name", "Ada"], {
      stdin: `${password}\n`,
    });
    expect(signedUp).toMatchObject({ token: expect.stringMatching(/^mrt_/), user: { id: expect.any(String), email } });
    const profile = join(cli.configFolder, "millrace", "profile.json");
    expect(statSync(profile).mode & 0o777).toBe(0o600);
    expect(statSync(join(cli.configFolder, "millrace")).mode & 0o777).toBe(0o700);
    expect(await cli.json(["whoami"])).toMatchObject({ user: { email } });
    expect(await cli.text(["whoami"])).toContain(email);
    expect(await cli.json(["logout"])).toEqual({ ok: true });
    expect((await cli.run(["whoami"])).status).toBe(3);
    expect(await cli.text(["login", "--email", email, "--password", password])).toContain(email);
    expect(await cli.json(["whoami"])).toMatchObject({ user: { email } });
  });

  it("takes a token from the environment or the line before the profile's", async () => {
    const [first, second] = [await signUp(), await signUp()];
    const cli = freshCli({ MILLRACE_TOKEN: first.token });
    expect(await cli.json(["whoami"])).toMatchObject({ user: { email: first.email } });
    expect(await cli.json(["whoami", "--token", second.token])).toMatchObject({ user: { email: second.email } });
    expect(await cli.json(["--token", second.token, "whoami"])).toMatchObject({ user: { email: second.email } });
  });
});

it("says its version", async () => {
  expect(await freshCli({}).text(["--version"])).toMatch(/^\d+\.\d+\.\d+\n$/);
});

describe("exit status", () => {
  it.each([
    ["no such command", ["fly"]],
    ["no such option", ["whoami", "--fast"]],
    ["an argument missing", ["project", "create"]],
    ["an option missing", ["login", "--email", "a@example.com"]],
    ["no project named", ["key", "list"]],
    ["a file that is not there", ["workflow", "import", "nowhere.yaml"]],
    ["input that is no JSON", ["run", "start", "wf_1", "--input", "{"]],
  ])("2 for %s, with a word on stderr", async (_, args) => {
    const person = await signUp();
    const named = args[0] === "key" ? {} : { MILLRACE_PROJECT: "someproj" };
    const { status, stdout, stderr } = await freshCli({ MILLRACE_TOKEN: person.token, ...named }).run(args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr.trim()).not.toBe("");
  });

  it("3 for who is not signed in, and for a server that is not there", async () => {
    const stranger = await freshCli().run(["project", "list"]);
    expect([stranger.status, stranger.stdout]).toEqual([3, ""]);
    expect(stranger.stderr).toContain("millrace login");
    const wrong = await freshCli({ MILLRACE_TOKEN: "mrt_wrong" }).run(["project", "list"]);
    expect(wrong.status).toBe(3);
    const away = await freshCli({ MILLRACE_URL: "http://127.0.0.1:1", MILLRACE_TOKEN: "mrt_x" }).run([
      "project",
      "list",
    ]);
    expect([away.status, away.stderr]).toEqual([3, expect.stringContaining("http://127.0.0.1:1 cannot be reached")]);
  });

  it("1 for what failed, with the reason", async () => {
    const { key: _, ...project } = await TestProject.create();
    const cli = freshCli({ MILLRACE_TOKEN: project.admin.token, MILLRACE_PROJECT: project.id });
    const { status, stdout, stderr } = await cli.run(["run", "show", "WorkflowRun-1700000000-nosuch"]);
    expect([status, stdout, stderr]).toEqual([1, "", "The run was not found.\n"]);
    const issues = await cli.run(["key", "create", "x", "--expires", "2001-01-01"]);
    expect([issues.status, issues.stderr]).toEqual([1, expect.stringContaining("body.expiresAt")]);
  });
});

describe("with --json", () => {
  it.each([
    [1, ["run", "show", "WorkflowRun-1700000000-nosuch"], "The run was not found."],
    [2, ["key", "require", "perhaps"], "Say on or off."],
    [2, ["project", "create"], expect.stringContaining("missing required argument")],
    [3, ["whoami", "--token", "mrt_wrong"], expect.stringContaining("Sign in")],
  ])("a failure (%i) is one document too: %j", async (status, args, message) => {
    const { admin, id } = await TestProject.create();
    const cli = freshCli({ MILLRACE_TOKEN: admin.token, MILLRACE_PROJECT: id });
    expect(await cli.json(args, { status })).toMatchObject({ error: message });
  });
});

it("asks the server that was signed in at, unless another one is named", async () => {
  const cli = freshCli();
  const { email, password } = newcomer();
  await cli.text(["signup", "--email", email, "--password", password]);
  const elsewhere = cli.with({ MILLRACE_URL: undefined });
  expect((await elsewhere.run(["whoami"])).stdout).toContain(instance().url);
});

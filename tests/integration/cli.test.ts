import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Cli } from "../support/cli";
import { fixturePath } from "../support/fixtures";
import { signUp } from "../support/project";
import { until } from "../support/wait";
import { endpointFile, manualFile } from "../support/workflow-file";

const folder = mkdtempSync(join(tmpdir(), "millrace-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let cli: Cli;
let project: string;

const write = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return name;
};

interface WorkflowDocument {
  id: string;
  name: string;
  version: number;
  state: string;
  endpoint: { method: string; path: string; url: string } | null;
}
interface RunDocument {
  id: string;
  state: string;
  outputs: Record<string, unknown> | null;
  error: { type: string; message: string } | null;
}

const importLive = (file: string) => cli.json<WorkflowDocument>(["workflow", "import", file, "--deploy"]);

beforeAll(async () => {
  const person = await signUp();
  const first = new Cli(folder, { MILLRACE_TOKEN: person.token });
  project = (await first.json<{ id: string }>(["project", "create", "Scripted ☀"])).id;
  cli = first.with({ MILLRACE_TOKEN: person.token, MILLRACE_PROJECT: project });
  await cli.text(["action", "push", fixturePath("greet"), fixturePath("node-greet"), fixturePath("uses-password")]);
}, 120_000);

describe("project", () => {
  it.concurrent("create prints what a script needs, and later commands use it", async () => {
    const { email, password } = await signUp();
    const fresh = new Cli(join(folder, "fresh"));
    await fresh.text(["login", "--email", email, "--password", password]);
    const created = await fresh.json(["project", "create", "Mine"]);
    expect(created).toMatchObject({
      id: expect.stringMatching(/^[a-z0-9]{10}$/),
      name: "Mine",
      url: expect.stringContaining("/user-api/"),
    });
    expect(await fresh.json(["project", "show"])).toEqual(created);
    expect(await fresh.json(["project", "list"])).toEqual([created]);
    expect(await fresh.text(["project", "list"])).toMatch(/^ID +NAME +ROLE +URL\n/);
    expect(await fresh.text(["project", "show", String(created.id)])).toContain(`Project URL: ${created.url}`);
    expect(await fresh.json(["key", "list"])).toEqual([]);
  });
});

describe("key", () => {
  it.concurrent("create, list, revoke", async () => {
    const created = await cli.json(["key", "create", "ci", "--expires", "2999-01-31"]);
    expect(created).toMatchObject({
      id: expect.any(String),
      name: "ci",
      key: expect.stringMatching(/^mrk_/),
      expiresAt: "2999-01-31T23:59:59.999Z",
    });
    const listed = await cli.text(["key", "list"]);
    expect(listed).toMatch(/ci .* active /);
    expect(listed).not.toContain(created.key);
    expect(await cli.text(["key", "revoke", String(created.id)])).toBe("Revoked ci.\n");
    const keys = await cli.json<{ id: string; revokedAt: string | null }[]>(["key", "list"]);
    expect(keys.find(({ id }) => id === created.id)?.revokedAt).not.toBeNull();
  });

  it("require on and off", async () => {
    expect(await cli.json(["key", "require", "off"])).toMatchObject({ requireKey: false });
    expect(await cli.text(["key", "require", "on"])).toBe("Calls need a key.\n");
  });
});

describe("variable", () => {
  it.concurrent("set from the line, from stdin and from a file, and unset", async () => {
    expect(await cli.json(["variable", "set", "PLAIN", "a value"])).toMatchObject({
      name: "PLAIN",
      type: "string",
      secret: false,
    });
    expect(await cli.json(["variable", "set", "TOKEN", "--secret", "-"], { stdin: "hunter2\n" })).toMatchObject({
      type: "password",
      secret: true,
      value: null,
    });
    const file = write("value.txt", "from a file\n");
    expect(await cli.json(["variable", "set", "FILED", `@${file}`])).toMatchObject({ value: "from a file" });
    expect(await cli.json(["variable", "set", "COUNT", "12", "--type", "integer"])).toMatchObject({
      type: "integer",
      value: 12,
    });
    expect(await cli.json(["variable", "set", "NEGATIVE", "--type", "float", "--", "-1.5"])).toMatchObject({
      type: "float",
      value: -1.5,
    });
    const listed = await cli.text(["variable", "list"]);
    expect(listed).toMatch(/TOKEN +password +yes +••••••/);
    expect(listed).toMatch(/PLAIN +string +no +"a value"/);
    expect(await cli.json(["variable", "unset", "PLAIN"])).toEqual({ name: "PLAIN" });
    expect((await cli.run(["variable", "unset", "PLAIN"])).status).toBe(1);
    expect((await cli.run(["variable", "set", "COUNT", "twelve", "--type", "integer"])).status).toBe(2);
  });
});

describe("action", () => {
  it.concurrent.each([
    ["python3", "ryax_handler.py"],
    ["nodejs", "ryax_handler.js"],
  ])(
    "init --type %s writes a package that passes action test and push",
    async (type, code) => {
      const dir = `new-${type}`;
      const { files } = await cli.json<{ files: string[] }>(["action", "init", dir, "--type", type]);
      expect(files).toContain(code);
      const tested = await cli.json(["action", "test", dir, "--input", '{"name": "Ada"}']);
      expect(tested).toMatchObject({
        outputs: { greeting: "Hello Ada!" },
        logs: [{ stream: "stdout", line: "greeting Ada" }],
      });
      expect(tested.durationMs).toBeGreaterThan(0);
      expect(await cli.json(["action", "test", dir])).toMatchObject({ outputs: { greeting: "Hello World!" } });
      const [pushed] = await cli.json<Record<string, string>[]>(["action", "push", dir]);
      expect(pushed).toMatchObject({
        id: dir,
        version: "0.1.0",
        kind: "action",
        state: "built",
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect((await cli.run(["action", "init", dir, "--type", type])).status).toBe(2);
    },
    60_000,
  );

  it.concurrent("init --trigger writes a trigger that builds", async () => {
    await cli.text(["action", "init", "new-trigger", "--type", "python3", "--trigger"]);
    expect(await cli.json(["action", "push", "new-trigger"])).toMatchObject([{ kind: "trigger", state: "built" }]);
  }, 60_000);

  it.concurrent("test shows a failure with its place, and ends with 1", async () => {
    const input = write("secret.json", '{"secret": "hunter2", "fail": true}');
    const tested = await cli.json(["action", "test", fixturePath("uses-password"), "--input", `@${input}`], {
      status: 1,
    });
    expect(tested).toMatchObject({
      error: { type: "ValueError", message: "refused hunter2", stack: [{ file: "ryax_handler.py", line: 12 }] },
    });
  });

  it.concurrent("test refuses inputs that do not fit, before anything runs", async () => {
    const missing = await cli.run(["action", "test", fixturePath("greet")]);
    expect([missing.status, missing.stderr]).toEqual([2, expect.stringContaining("“name” is required")]);
    const wrong = await cli.run(["action", "test", fixturePath("greet"), "--input", '{"name": 5}']);
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining("“name” must be a string")]);
  });

  it.concurrent("push of a folder of packages goes on past a broken one, and shows its problems at their lines", async () => {
    const { status, stdout, stderr } = await cli.run([
      "action",
      "push",
      "--json",
      join(fixturePath("greet"), ".."),
      fixturePath("greet"),
    ]);
    expect(status).toBe(0);
    const ids = (JSON.parse(stdout) as { id: string; state: string }[])
      .filter((item) => item.state === "built")
      .map((item) => item.id);
    expect(ids).toEqual(expect.arrayContaining(["by-hand", "greet", "clock-trigger"]));
    expect(stderr).toMatch(/warning ryax_metadata.yaml:7: The key “human_name” stands twice/);
    await cli.text(["action", "init", "to-break", "--type", "nodejs"]);
    const metadata = join(folder, "to-break", "ryax_metadata.yaml");
    writeFileSync(metadata, readFileSync(metadata, "utf8").replace("Processor", "Function"));
    const broken = await cli.run(["action", "push", "to-break"]);
    expect([broken.status, broken.stderr]).toEqual([
      1,
      expect.stringMatching(/error ryax_metadata.yaml:2: kind: must be one of/),
    ]);
  }, 240_000);

  it.concurrent("push fails where a build does, and shows its log", async () => {
    await cli.text(["action", "init", "no-build", "--type", "python3"]);
    write("no-build/requirements.txt", "no-such-package-of-anyone-58213\n");
    const { status, stderr } = await cli.run(["action", "push", "no-build"]);
    expect([status, stderr]).toEqual([1, expect.stringContaining("Resolving 1 requirement(s)")]);
    expect(stderr).toContain("no-such-package-of-anyone-58213");
  }, 60_000);

  it.concurrent("list, show and delete", async () => {
    const listed = await cli.json<{ id: string; version: string }[]>(["action", "list"]);
    expect(listed).toContainEqual(expect.objectContaining({ id: "greet", version: "1.0.0", state: "built" }));
    expect(await cli.text(["action", "show", "greet@1.0.0"])).toContain("  name: string");
    expect(await cli.json(["action", "show", "greet"])).toMatchObject({
      id: "greet",
      version: "1.0.0",
      inputs: [{ name: "name" }],
    });
    await cli.text(["action", "init", "short-lived", "--type", "nodejs"]);
    await cli.text(["action", "push", "short-lived"]);
    expect((await cli.run(["action", "delete", "short-lived"])).status).toBe(2);
    expect(await cli.json(["action", "delete", "short-lived@0.1.0"])).toEqual({ deleted: "short-lived@0.1.0" });
    expect((await cli.run(["action", "show", "short-lived"])).status).toBe(1);
  });
});

describe("workflow", () => {
  const greeting = (path: string) =>
    endpointFile({
      name: path,
      path,
      inputs: { name: "string" },
      steps: { hi: { use: "greet", with: { name: "=api.name" } } },
      results: { text: "hi.greeting" },
    });

  it.concurrent("check lists every problem with its place", async () => {
    const fine = write("fine.yaml", greeting("/fine"));
    expect(await cli.json(["workflow", "check", fine])).toEqual({ valid: true, problems: [] });
    expect(await cli.text(["workflow", "check", fine])).toBe("The workflow is valid.\n");
    const wrong = write(
      "wrong.yaml",
      endpointFile({ path: "/{a}", steps: { hi: { use: "greet" }, gone: { use: "no-such" } } }),
    );
    const result = await cli.run(["workflow", "check", wrong]);
    expect([result.status, result.stdout]).toEqual([1, "The workflow is not valid.\n"]);
    for (const place of ["[210]", "[203] nodes.api.inputs.path", "[105] nodes.hi.inputs.name"])
      expect(result.stderr).toContain(place);
  });

  it.concurrent("import, deploy, call, export, stop, deploy an earlier one, roll back", async () => {
    const live = await importLive(write("life.yaml", greeting("/life")));
    expect(live).toMatchObject({
      name: "/life",
      version: 1,
      state: "live",
      endpoint: { method: "POST", url: expect.stringContaining("/life") },
    });
    const { key } = await cli.json<{ key: string }>(["key", "create", "for /life"]);
    const call = await fetch(live.endpoint?.url ?? "", {
      method: "POST",
      headers: { "x-api-key": key, "content-type": "application/json" },
      body: '{"name": "Ada"}',
    });
    expect(await call.json()).toEqual({ text: "Hello Ada!" });
    const yaml = await cli.text(["workflow", "export", live.id]);
    expect(yaml).toContain("kind: Workflows");
    await cli.text(["workflow", "export", live.id, "-o", "exported.yaml"]);
    expect(readFileSync(join(folder, "exported.yaml"), "utf8")).toBe(yaml);
    expect(await cli.json(["workflow", "export", live.id])).toMatchObject({ id: live.id, content: yaml });
    expect(await cli.text(["workflow", "list"])).toMatch(/\/life +live +1 +POST \/life/);
    expect(await cli.json(["workflow", "show", live.id])).toMatchObject({
      id: live.id,
      problems: [],
      versions: [{ number: 1, live: true }],
    });
    expect(await cli.json(["workflow", "stop", live.id])).toMatchObject({ state: "stopped", endpoint: null });
    expect((await cli.run(["workflow", "stop", live.id])).status).toBe(1);
    expect(await cli.json(["workflow", "rollback", live.id])).toMatchObject({ state: "live", version: 1 });
    expect(await cli.json(["workflow", "deploy", live.id, "--version", "1"])).toMatchObject({
      version: 1,
      endpoint: { path: "/life" },
    });
    expect(await cli.text(["workflow", "deploy", live.id])).toContain("is live, version 1");
    expect((await cli.run(["workflow", "rollback", live.id])).status).toBe(1);
  });

  it.concurrent("import from stdin, and of a file with problems", async () => {
    expect(await cli.json(["workflow", "import", "-"], { stdin: greeting("/piped") })).toMatchObject({
      state: "draft",
      name: "/piped",
    });
    const file = write("missing.yaml", endpointFile({ path: "/missing", steps: { gone: { use: "no-such" } } }));
    const refused = await cli.json<{ problems: { code: string }[] }>(["workflow", "import", file], { status: 1 });
    expect(refused.problems.map((problem) => problem.code)).toContain("210");
    expect(await cli.json(["workflow", "import", file, "--force"])).toMatchObject({ state: "draft" });
  });
});

describe("run", () => {
  const hello = manualFile({
    name: "Hello",
    inputs: { name: "string" },
    steps: { hi: { use: "node-greet", with: { name: "=api.name" } } },
    results: { text: "hi.greeting" },
  });

  it.concurrent("start, show, logs, list and replay", async () => {
    const { id, name } = await importLive(write("hello.yaml", hello));
    const run = await cli.json<RunDocument>(["run", "start", name, "--input", '{"name": "Ada"}', "--wait"]);
    expect(run).toMatchObject({ state: "completed", outputs: { text: "Hello Ada!" } });
    const shown = await cli.json(["run", "show", run.id]);
    expect(shown).toMatchObject({
      id: run.id,
      version: 1,
      http: null,
      workflow: { id },
      startedAt: expect.any(String),
      finishedAt: expect.any(String),
      durationMs: expect.any(Number),
    });
    expect((shown.steps as object[])[1]).toMatchObject({
      node: "hi",
      action: "node-greet@1.0.0",
      state: "completed",
      attempts: 1,
      inputs: { name: "Ada" },
      outputs: { greeting: "Hello Ada!" },
      error: null,
    });
    expect(await cli.text(["run", "show", run.id])).toMatch(
      /^WorkflowRun-\S+ is completed after .*\nSTEP +ACTION +STATE/,
    );
    const log = await cli.text(["run", "logs", run.id, "--follow"]);
    expect(log).toMatch(/^\S+Z hi greeting Ada\n\S+Z hi \[stderr\] to stderr\n$/);
    expect(await cli.json(["run", "logs", run.id])).toMatchObject([
      { node: "hi", line: "greeting Ada" },
      { stream: "stderr" },
    ]);
    const replayed = await cli.json<RunDocument>(["run", "replay", run.id, "--from", "hi"]);
    expect(replayed).toMatchObject({ source: "replay", replayOf: run.id });
    const page = await cli.run(["run", "list", "--workflow", id, "--limit", "1", "--json"]);
    expect(JSON.parse(page.stdout)).toMatchObject([{ id: replayed.id }]);
    const cursor = /--cursor (\S+)/.exec(page.stderr)?.[1] ?? "";
    expect(await cli.json(["run", "list", "--workflow", id, "--cursor", cursor])).toMatchObject([{ id: run.id }]);
    expect(await cli.text(["run", "list", "--state", "completed", "--workflow", "Hello"])).toContain(run.id);
    expect((await cli.run(["run", "list", "--state", "done"])).status).toBe(2);
    expect((await cli.run(["run", "start", "No such workflow"])).status).toBe(2);
  });

  it.concurrent("start --wait of a run that fails ends with 1, and still shows it", async () => {
    const file = manualFile({
      name: "Fails",
      steps: { only: { use: "uses-password", with: { secret: "hunter2", fail: true } } },
    });
    await importLive(write("fails.yaml", file));
    const run = await cli.json<RunDocument>(["run", "start", "Fails", "--wait"], { status: 1 });
    expect(run).toMatchObject({
      state: "failed",
      outputs: null,
      error: { type: "ValueError", message: "refused ••••••" },
    });
  });

  it.concurrent("cancel", async () => {
    await cli.text(["action", "init", "slow-one", "--type", "python3"]);
    write(
      "slow-one/ryax_handler.py",
      "import time\ndef handle(i):\n    print('begun', flush=True)\n    time.sleep(600)\n",
    );
    await cli.text(["action", "push", "slow-one"]);
    await importLive(write("slow.yaml", manualFile({ name: "Slow", steps: { only: { use: "slow-one" } } })));
    const { id } = await cli.json<RunDocument>(["run", "start", "Slow"]);
    const followed = cli.text(["run", "logs", id, "--follow"]);
    await until("the step has begun", async () => (await cli.text(["run", "logs", id])).includes("begun"), 20_000);
    expect(await cli.text(["run", "cancel", id])).toBe(`${id} is canceled.\n`);
    expect(await followed).toContain("only begun");
    expect((await cli.run(["run", "cancel", id])).status).toBe(1);
  }, 60_000);
});

it("leaves nothing in the folder that it was not told to write", () => {
  expect(existsSync(join(folder, "node_modules"))).toBe(false);
  expect(existsSync(join(folder, ".millrace"))).toBe(false);
});

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fixturePath } from "../support/fixtures";
import { filesOf, writeFiles } from "../support/packages";
import { openScripted } from "../support/scripted";

const { folder, cli, write, close } = await openScripted("greet");
afterAll(close);

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

  it.concurrent.each(["python3", "nodejs"])(
    "init --type %s --trigger writes a trigger that passes action test and push",
    async (type) => {
      const dir = `trigger-${type}`;
      await cli.text(["action", "init", dir, "--type", type, "--trigger"]);
      const tested = await cli.json(["action", "test", dir, "--input", '{"name": "Ada"}']);
      expect(tested).toMatchObject({ outputs: { greeting: "Hello Ada!" } });
      expect(await cli.json(["action", "push", dir])).toMatchObject([{ kind: "trigger", state: "built" }]);
    },
    60_000,
  );

  it.concurrent("test runs a trigger until its first run, with a place to keep, or says why there is none", async () => {
    const code = `async def run(service, input_values):
    if input_values["fails"]: raise ValueError("no source")
    await service.set_cursor("n", await service.get_cursor("n", 4) + 1)
    await service.create_run({"said": str(await service.get_cursor("n"))})
`;
    const declared = { inputs: { fails: "boolean" }, outputs: { said: "string" } } as const;
    await writeFiles(join(folder, "keeps-place"), filesOf({ id: "keeps-place", kind: "Source", ...declared, code }));
    const test = (input: string, status: number) =>
      cli.json(["action", "test", "keeps-place", "--input", input], { status });
    expect(await test('{"fails": false}', 0)).toMatchObject({ outputs: { said: "5" }, logs: [] });
    expect(await test('{"fails": true}', 1)).toMatchObject({ error: { type: "ValueError", message: "no source" } });
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

  it.concurrent("grant says what an action may reach", async () => {
    await cli.text(["action", "init", "reaches-out", "--type", "python3"]);
    await cli.text(["action", "push", "reaches-out"]);
    const command = ["action", "grant", "reaches-out", "--network"];
    expect(await cli.text([...command, "allow-list", "--host", "a.example.com", "--host", "b.example.com"])).toContain(
      "reaches-out may now reach: a.example.com, b.example.com",
    );
    expect(await cli.text(["action", "show", "reaches-out"])).toContain("Network: a.example.com, b.example.com");
    for (const wrong of [["allow-list"], ["on", "--host", "a.example.com"], ["sometimes"]])
      expect((await cli.run([...command, ...wrong])).status).toBe(2);
    expect(await cli.json([...command, "off"])).toMatchObject({ policy: "off", hosts: [] });
  });

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

it("leaves nothing in the folder that it was not told to write", () => {
  expect(existsSync(join(folder, "node_modules"))).toBe(false);
  expect(existsSync(join(folder, ".millrace"))).toBe(false);
});

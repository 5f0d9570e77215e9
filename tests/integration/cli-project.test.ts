import { basename, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Cli } from "../support/cli";
import { signUp } from "../support/project";
import { openScripted } from "../support/scripted";

const { folder, cli, write, close } = await openScripted();
afterAll(close);

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
    expect(await cli.json(["variable", "set", "SHAPE", '{"a": [1]}', "--type", "object"])).toMatchObject({
      value: { a: [1] },
    });
    expect(await cli.json(["variable", "set", "RATES", "--type", "file", `@${file}`])).toMatchObject({
      type: "file",
      value: { name: basename(file) },
    });
    const folder = ["variable", "set", "NOTES", "--type", "directory", "@."];
    expect(await cli.json(folder)).toMatchObject({
      type: "directory",
      value: { name: expect.stringMatching(/^millrace-cli-/) },
    });
    const listed = await cli.text(["variable", "list"]);
    expect(listed).toMatch(/TOKEN +password +yes +••••••/);
    expect(listed).toMatch(/PLAIN +string +no +"a value"/);
    expect(await cli.json(["variable", "unset", "PLAIN"])).toEqual({ name: "PLAIN" });
    expect((await cli.run(["variable", "unset", "PLAIN"])).status).toBe(1);
    expect((await cli.run(["variable", "set", "RATES", "--type", "file", "@/nowhere"])).status).toBe(2);
    expect((await cli.run(["variable", "set", "COUNT", "twelve", "--type", "integer"])).status).toBe(2);
  });
});

describe("usage and limits", () => {
  it.concurrent("are shown, and limits are held lower and taken back", async () => {
    const items = await cli.json<{ name: string; value: number }[]>([
      "limits",
      "set",
      "memoryBytes=512M",
      "openRuns=9",
    ]);
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: "memoryBytes", value: 512 * 1024 ** 2, chosen: 512 * 1024 ** 2 }),
        expect.objectContaining({ name: "openRuns", value: 9 }),
      ]),
    );
    expect(await cli.text(["usage"])).toMatch(/openRuns +0 +9\n/);
    const usage = await cli.json<{ periods: object[]; days: object[] }>(["usage"]);
    expect([usage.periods.length, usage.days.length]).toEqual([2, 30]);
    const taken = await cli.text(["limits", "set", "memoryBytes=default", "openRuns=default"]);
    expect(taken).toMatch(/memoryBytes +4 GiB +4 GiB\n/);
    expect((await cli.run(["limits", "set", "openRuns=20000"])).stderr).toContain("body.openRuns: This may be at most");
    const wrong = await cli.run(["limits", "set", "openRuns=many"]);
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining("“many” is not a number")]);
  });
});

import { afterAll, expect, it } from "vitest";
import { openScripted } from "../support/scripted";

const { cli, close } = await openScripted("greet");
afterAll(close);

it("lists the catalogue, for people and for programs", async () => {
  const items = await cli.json<{ id: string }[]>(["catalogue", "list"]);
  expect(items.map((item) => item.id)).toEqual(expect.arrayContaining(["json-transform", "csv-to-json"]));
  expect(await cli.text(["catalogue", "list"])).toMatch(/json-transform@1\.0 +JSON transform +Data/);
});

it("shows an entry with its inputs, outputs and example", async () => {
  const shown = await cli.text(["catalogue", "show", "regex"]);
  expect(shown).toContain("  pattern: string");
  expect(shown).toContain('"title": "Order numbers in a mail"');
  expect((await cli.run(["catalogue", "show", "no-such"])).status).toBe(1);
});

it("adds entries and waits for their builds; again it changes nothing", async () => {
  const add = async () => {
    const added = await cli.json<Record<string, unknown>[]>(["catalogue", "add", "echo", "template-text"]);
    return added.map(({ id, state, source, hash, createdAt }) => ({ id, state, source, hash, createdAt }));
  };
  const first = await add();
  expect(first).toMatchObject([
    { id: "echo", state: "built", source: "catalogue" },
    { id: "template-text", state: "built" },
  ]);
  expect(await add()).toEqual(first);
  expect((await cli.run(["catalogue", "add", "no-such"])).status).toBe(1);
  const { status, stderr } = await cli.run(["catalogue", "add", "rss-read"]);
  expect([status, stderr]).toEqual([0, expect.stringContaining("millrace action grant rss-read --network on")]);
}, 60_000);

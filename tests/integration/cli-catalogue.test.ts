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
  const first = await cli.json<object[]>(["catalogue", "add", "echo", "template-text"]);
  expect(first).toMatchObject([
    { id: "echo", state: "built", source: "catalogue" },
    { id: "template-text", state: "built" },
  ]);
  expect(await cli.json(["catalogue", "add", "echo", "template-text"])).toEqual(first);
  expect((await cli.run(["catalogue", "add", "no-such"])).status).toBe(1);
}, 60_000);

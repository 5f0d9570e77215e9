import { beforeAll, describe, expect, it } from "vitest";
import { CatalogueProject } from "../support/catalogue";

let catalogue: CatalogueProject;
beforeAll(async () => {
  catalogue = await CatalogueProject.with(...["filter-list", "split-list", "merge-lists", "date-math"]);
}, 240_000);

const outputs = (action: string, inputs: Record<string, unknown>) => catalogue.outputsOf(action, inputs);
const failure = (action: string, inputs: Record<string, unknown>) => catalogue.failureOf(action, inputs);
const json = (value: unknown) => JSON.parse(String(value));

describe("lists", () => {
  const people = [
    { name: "Ada", age: 36, tags: ["a"] },
    { name: "bob", age: null },
    { name: "Cyd", age: "36" },
  ];
  const names = (text: unknown) => json(text).map((person: { name: string }) => person.name);

  it.concurrent.each([
    ["age", "equals", "36", ["Ada"]],
    ["age", "equals", '"36"', ["Cyd"]],
    ["age", "not equals", "36", ["bob", "Cyd"]],
    ["age", "at least", "36", ["Ada"]],
    ["age", "greater", "36", []],
    ["age", "is empty", "", ["bob"]],
    ["tags", "exists", "", ["Ada"]],
    ["tags", "contains", "a", ["Ada"]],
    ["tags", "not contains", "a", ["bob", "Cyd"]],
    ["tags.0", "equals", "a", ["Ada"]],
    ["name", "starts with", "B", []],
    ["name", "one of", '["bob", "Cyd"]', ["bob", "Cyd"]],
  ])("filter: %s %s %s", async (field, condition, value, expected) => {
    const given = await outputs("filter-list", { items: JSON.stringify(people), field, condition, value });
    expect(names(given.items)).toEqual(expected);
    expect(names(given.others)).toHaveLength(people.length - expected.length);
    expect([given.count, given.found]).toEqual([expected.length, expected.length > 0]);
  });

  it.concurrent("filter without regard to case, and of plain values", async () => {
    const items = JSON.stringify(people);
    const found = await outputs("filter-list", {
      items,
      field: "name",
      condition: "equals",
      value: "BOB",
      ignore_case: true,
    });
    expect(found.count).toBe(1);
    const plain = await outputs("filter-list", { items: "[1, true, 2]", value: "1" });
    expect(plain.items).toBe("[1]");
  });

  it.concurrent("split into batches and groups", async () => {
    expect(await outputs("split-list", { items: "[]", size: 3 })).toMatchObject({ batches: "[]", count: 0 });
    const grouped = await outputs("split-list", { items: JSON.stringify(people), group_by: "age" });
    expect(json(grouped.keys)).toEqual([36, null, "36"]);
    expect(await failure("split-list", { items: "[1]", size: 0 })).toMatch(/at least 1/);
    expect(await failure("split-list", { items: "{}" })).toMatch(/must be a JSON list/);
  });

  it.concurrent.each([
    ["append", "[1, 2]", "[2]", "[1, 2, 2]"],
    ["distinct", '[1, {"a": 1, "b": 2}]', '[true, 1, {"b": 2, "a": 1}]', '[1, {"a": 1, "b": 2}, true]'],
    ["by position", '[{"a": 1}]', '[{"b": 2}, {"c": 3}]', '[{"a": 1, "b": 2}, {"c": 3}]'],
    ["common key", '[{"id": 1}, {"id": 2}]', '[{"id": 2, "x": 1}, {"id": 3}]', '[{"id": 2, "x": 1}]'],
  ])("merge %s", async (mode, first, second, merged) => {
    expect((await outputs("merge-lists", { first, second, mode })).items).toBe(merged);
  });

  it.concurrent("merge says which item has no key", async () => {
    const inputs = { first: '[{"id": 1}]', second: '[{"id": 1}, {"no": 1}]', mode: "by key" };
    expect(await failure("merge-lists", inputs)).toMatch(/Item 2 of second has no field 'id'/);
  });
});

describe("date-math", () => {
  const iso = async (inputs: Record<string, unknown>) => (await outputs("date-math", inputs)).iso;

  it.concurrent.each([
    [
      "a day where the clocks change keeps its hour",
      { date: "2026-03-28T12:00:00", timezone: "Europe/Paris", add: "P1D" },
      "2026-03-29T12:00:00+02:00",
    ],
    [
      "24 hours there do not",
      { date: "2026-03-28T12:00:00", timezone: "Europe/Paris", add: "PT24H" },
      "2026-03-29T13:00:00+02:00",
    ],
    ["back by months", { date: "2024-03-31", add: "-P1M" }, "2024-02-29T00:00:00+00:00"],
    ["seconds since 1970", { date: "1772276400", timezone: "Asia/Tokyo" }, "2026-02-28T20:00:00+09:00"],
    ["a form of one's own", { date: "03/04/2026", input_format: "%d/%m/%Y" }, "2026-04-03T00:00:00+00:00"],
    ["the week's beginning", { date: "2026-01-01T15:30:00Z", start_of: "week" }, "2025-12-29T00:00:00+00:00"],
    ["words", { date: "31 Jan 2026 3pm" }, "2026-01-31T15:00:00+00:00"],
  ])("%s", async (_, inputs, expected) => {
    expect(await iso(inputs)).toBe(expected);
  });

  it.concurrent("tells a distance", async () => {
    const given = await outputs("date-math", { date: "2026-01-01", other: "2026-01-02T01:00:00+01:00" });
    expect(given.difference_seconds).toBe(86_400);
  });

  it.concurrent.each([
    [{ date: "soon" }, /cannot be read as a date/],
    [{ date: "" }, /cannot be read as a date/],
    [{ date: "12:30" }, /it has no year/],
    [{ add: "3 days" }, /not a duration such as/],
    [{ add: "P" }, /not a duration such as/],
    [{ add: "P99999Y" }, /out of the calendar|out of range/],
    [{ timezone: "Mars/Olympus" }, /no time zone/],
  ])("refuses %j", async (inputs, message) => {
    expect(await failure("date-math", inputs)).toMatch(message);
  });
});

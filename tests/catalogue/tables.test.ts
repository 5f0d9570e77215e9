import { beforeAll, describe, expect, it } from "vitest";
import { CatalogueProject } from "../support/catalogue";

let catalogue: CatalogueProject;
beforeAll(async () => {
  catalogue = await CatalogueProject.with(
    ...["csv-to-json", "json-to-csv", "excel-read", "excel-write", "json-transform", "template-text"],
  );
}, 240_000);

const outputs = (action: string, inputs: Record<string, unknown>) => catalogue.outputsOf(action, inputs);
const failure = (action: string, inputs: Record<string, unknown>) => catalogue.failureOf(action, inputs);
const json = (value: unknown) => JSON.parse(String(value));

describe("csv-to-json", () => {
  const rowsOf = async (text: string, more: Record<string, unknown> = {}) =>
    json((await outputs("csv-to-json", { text, ...more })).rows);

  it.concurrent("keeps line ends, quotes and delimiters within quotes", async () => {
    expect(await rowsOf('a,b\n"one ""1""\nline","x,y"\n')).toEqual([{ a: 'one "1"\nline', b: "x,y" }]);
  });

  it.concurrent("recognises numbers, and leaves alone what only looks like one", async () => {
    const rows = await rowsOf('v\n12\n-1.5\n1e3\n007\n+49 30\n12345678901234567890\ntrue\nTrue\n""\nNaN\n');
    expect(rows.map((row: { v: unknown }) => row.v)).toEqual([
      ...[12, -1.5, 1000, "007", "+49 30", "12345678901234567890", true, "True", null, "NaN"],
    ]);
    expect(await rowsOf("v\n12\n", { types: false })).toEqual([{ v: "12" }]);
  });

  it.concurrent("finds the delimiter, and names columns that have none or the same", async () => {
    expect(await rowsOf("a|a||b\n1|2|3|4\n")).toEqual([{ a: 1, a_2: 2, column_3: 3, b: 4 }]);
    expect(await rowsOf("1\t2\n3\t4\n", { header: false })).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it.concurrent("fills short rows, and says where a row is too long or not CSV", async () => {
    expect(await rowsOf("a,b\n1\n\n2,3\n")).toEqual([
      { a: 1, b: null },
      { a: 2, b: 3 },
    ]);
    expect(await failure("csv-to-json", { text: "a,b\n1,2\n1,2,3\n" })).toMatch(/Line 3 has 3 fields.*2 columns/);
    expect(await failure("csv-to-json", { text: 'a,b\n1,"2\n' })).toMatch(/is not CSV/);
  });

  it.concurrent("takes nothing and an empty text for no rows", async () => {
    expect(await outputs("csv-to-json", { text: "" })).toMatchObject({ rows: "[]\n", count: 0, columns: "[]" });
    expect(await failure("csv-to-json", {})).toMatch(/either a file or a text/);
  });

  it.concurrent("reads other encodings, and says when one does not fit", async () => {
    const latin = { name: "l.csv", content: new Uint8Array([0x6e, 0x0a, 0xfc, 0x0a]) };
    const { rows } = await outputs("csv-to-json", { file: latin, encoding: "latin-1" });
    expect(json(rows)).toEqual([{ n: "ü" }]);
    expect(await failure("csv-to-json", { file: latin })).toMatch(/not in utf-8-sig: byte 0xfc/);
  });

  it.concurrent("gives many rows as a file only", async () => {
    const line = `${"x".repeat(90)},1\n`;
    const content = `text,number\n${line.repeat(120_000)}`;
    const given = await outputs("csv-to-json", { file: { name: "many.csv", content } });
    expect(given).toMatchObject({ rows: null, count: 120_000, file: { file: "rows.json" } });
    expect(json(await catalogue.textOf(given.file))).toHaveLength(120_000);
  });
});

describe("json-to-csv", () => {
  it.concurrent("writes what csv-to-json reads", async () => {
    const rows = [
      { name: 'Ann "A", B', note: "two\nlines", sum: 1.5 },
      { name: "ü", sum: null, more: [1] },
    ];
    const { file } = await outputs("json-to-csv", { rows: JSON.stringify(rows), delimiter: "semicolon" });
    const text = await catalogue.textOf(file);
    const back = await outputs("csv-to-json", { text, delimiter: "semicolon" });
    expect(json(back.rows)).toEqual([
      { name: 'Ann "A", B', note: "two\nlines", sum: 1.5, more: null },
      { name: "ü", note: null, sum: null, more: "[1]" },
    ]);
  });

  it.concurrent("keeps to the columns that are named", async () => {
    const { file } = await outputs("json-to-csv", { rows: '[{"a": 1, "b": 2}]', columns: "b, c", header: false });
    expect(await catalogue.textOf(file)).toBe("2,\r\n");
  });

  it.concurrent("leaves negative numbers as they are, and disarms formulas unless told not to", async () => {
    const rows = '[[-1, "-1", "@cmd", "=1+1"]]';
    const safe = await outputs("json-to-csv", { rows });
    expect(await catalogue.textOf(safe.file)).toBe("-1,'-1,'@cmd,'=1+1\r\n");
    const plain = await outputs("json-to-csv", { rows, safe_for_spreadsheets: false });
    expect(await catalogue.textOf(plain.file)).toBe("-1,-1,@cmd,=1+1\r\n");
  });

  it.concurrent.each([
    ["{", /not JSON/],
    ["[1]", /list of objects, or of lists/],
    ['[{"a": 1}, [1]]', /partly objects and partly lists/],
  ])("refuses %s", async (rows, message) => {
    expect(await failure("json-to-csv", { rows })).toMatch(message);
  });
});

describe("excel", () => {
  it.concurrent("gives back what was written, texts as texts", async () => {
    const rows = [
      { text: "=1+1", number: 2.5, flag: true, nothing: null, list: [1] },
      { text: "two\nlines ☀", number: -3, flag: false, nothing: null, list: null },
    ];
    const written = await outputs("excel-write", { rows: JSON.stringify({ First: rows, Second: [[1, 2]] }) });
    expect(written).toMatchObject({ count: 3, file: { file: "rows.xlsx" } });
    const content = new Uint8Array(await catalogue.bytesOf(written.file));
    const book = { name: "rows.xlsx", content };
    const first = await outputs("excel-read", { file: book });
    expect(json(first.rows)).toEqual([{ ...rows[0], list: "[1]" }, rows[1]]);
    expect(json(first.sheets)).toEqual(["First", "Second"]);
    const second = await outputs("excel-read", { file: book, sheet: "2", header: false });
    expect(json(second.rows)).toEqual([[1, 2]]);
    expect(await failure("excel-read", { file: book, sheet: "Third" })).toMatch(
      /no sheet 'Third'. There are First, Second/,
    );
    expect(await failure("excel-read", { file: book, max_rows: 1 })).toMatch(/more than 1 rows/);
  });

  it.concurrent("refuses what is no workbook, and no rows", async () => {
    expect(await failure("excel-read", { file: { name: "a.xlsx", content: "PK no" } })).toMatch(
      /not an .xlsx workbook/,
    );
    expect(await failure("excel-write", { rows: "[1]" })).toMatch(/list of objects, or of lists/);
    expect(await failure("excel-write", { rows: '{"a/b": []}' })).toMatch(/cannot be a sheet's name/);
  });
});

describe("json-transform", () => {
  const transform = (data: unknown, expression: string, more = {}) =>
    outputs("json-transform", { data: JSON.stringify(data), expression, ...more });

  it.concurrent("gives null for what does not match, and says so", async () => {
    expect(await transform({ a: 1 }, "b.c")).toMatchObject({ result: "null", found: false });
    expect(await transform({ a: null }, "a")).toMatchObject({ result: "null", found: true });
  });

  it.concurrent("takes variables", async () => {
    const { result } = await transform({ a: [1, 5] }, "a[$ > $least]", { variables: '{"least": 3}' });
    expect(result).toBe("5");
  });

  it.concurrent("says where an expression is wrong, and what failed in it", async () => {
    expect(await failure("json-transform", { data: "{}", expression: "a[" })).toMatch(/cannot be read at character 2/);
    expect(await failure("json-transform", { data: '{"a": "x"}', expression: "a * 2" })).toMatch(/failed at character/);
    expect(await failure("json-transform", { data: "{", expression: "a" })).toMatch(/data is not JSON/);
    expect(await failure("json-transform", { data: "{}", expression: "$sum" })).toMatch(/a function/);
  });
});

describe("template-text", () => {
  const fill = (template: string, values: unknown = {}, more = {}) =>
    outputs("template-text", { template, values: JSON.stringify(values), ...more });

  it.concurrent("fails for a missing name, or leaves it out", async () => {
    expect(await failure("template-text", { template: "Hi {{ name }}" })).toMatch(/'name' is undefined/);
    expect((await fill("Hi {{ name }}!", {}, { strict: false })).text).toBe("Hi !");
  });

  it.concurrent("escapes HTML where that is wanted", async () => {
    expect((await fill("{{ a }}", { a: "<b>" })).text).toBe("<b>");
    expect((await fill("{{ a }}", { a: "<b>" }, { escape_html: true })).text).toBe("&lt;b&gt;");
  });

  it.concurrent.each([
    ["a\n{% for %}", /line 2/],
    ["{{ ''.__class__.__mro__ }}", /may not do that|undefined/],
    ["{{ [].append(1) }}", /may not do that/],
    ["{{ range(10000000) | list }}", /Range too big/],
    ["{% include 'ryax_handler.py' %}", /cannot be filled/],
  ])("refuses %j", async (template, message) => {
    expect(await failure("template-text", { template })).toMatch(message);
  });
});

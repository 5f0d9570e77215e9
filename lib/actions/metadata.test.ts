import { describe, expect, it } from "vitest";
import { readMetadata } from "./metadata";

const good = `apiVersion: "ryax.tech/v2.0"
kind: Processor
spec:
  id: city-weather
  human_name: City weather
  type: python3
  version: "1.0"
  inputs:
    - name: city
      human_name: City
      help: Its name
      type: string
  outputs:
    - name: degrees
      human_name: Degrees
      help: Celsius
      type: float
`;

const lineOf = (text: string, part: string) => text.split("\n").findIndex((line) => line.includes(part)) + 1;
const with_ = (from: string, to: string) => {
  if (!good.includes(from)) throw new Error(`The metadata has no ${from}.`);
  return good.replace(from, to);
};
const errorsOf = (text: string) => readMetadata(text).problems.filter((problem) => problem.severity !== "warning");
const warningsOf = (text: string) => readMetadata(text).problems.filter((problem) => problem.severity === "warning");
const added = (lines: string) => with_('  version: "1.0"\n', `  version: "1.0"\n${lines}\n`);
const repeat = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n");
const inOneLine = (count: number, entry: string) => Array.from({ length: count }, () => entry).join(", ");

it("reads what is right", () => {
  const { interface: read, problems } = readMetadata(good);
  expect(problems).toEqual([]);
  expect(read).toMatchObject({
    id: "city-weather",
    version: "1.0",
    kind: "action",
    language: "python",
    entry: "ryax_handler.py",
    inputs: [{ name: "city", humanName: "City", help: "Its name", type: "string", optional: false }],
    outputs: [{ name: "degrees", type: "float" }],
  });
});

it("reads texts and lists whose lines stand as far left as only PyYAML lets them", () => {
  const left = added(
    "  description: \"It is\n  told\n\nin 'four' lines\"\n  logo: 'a\n  b.png'\n  categories: [One,\n  \"Two\n  words\",\nThree]\n  resources:\n    cpu: no",
  );
  expect(errorsOf(left)).toMatchObject([
    { line: lineOf(left, "cpu"), message: "spec.resources.cpu: must be a number." },
  ]);
  expect(readMetadata(left.replace("cpu: no", "cpu: 2"))).toMatchObject({
    problems: [],
    interface: {
      description: "It is told\nin 'four' lines",
      logo: "a b.png",
      categories: ["One", "Two words", "Three"],
    },
  });
});

it("says the first of many errors, and nothing of a file that is no metadata", () => {
  expect(errorsOf(`a: ${"[".repeat(300)}`)).toHaveLength(10);
  expect(errorsOf("a: ".repeat(2_000_000))).toMatchObject([{ message: expect.stringMatching(/more than 4 million/) }]);
});

it.each(['  description: "never closed', "  categories: [never, closed"])("says where %s is", (line) => {
  const open = added(line);
  const [error] = errorsOf(open);
  expect(error?.message).toMatch(/not YAML/);
  // What is missing is missed where the next line begins.
  expect([lineOf(open, line), lineOf(open, line) + 1]).toContain(error?.line);
});

it("reads the schema and the default of a structured input", () => {
  const typed = with_(
    "      type: string\n",
    "      type: object\n      schema: {properties: {n: {type: integer}}}\n      default_value: {n: 1}\n",
  );
  const { interface: read, problems } = readMetadata(typed);
  expect(problems).toEqual([]);
  const schema = { properties: { n: { type: "integer" } } };
  expect(read?.inputs).toMatchObject([{ type: "object", schema, defaultValue: { n: 1 } }]);
  const wrong = readMetadata(typed.replace("{n: 1}", "{n: x}"));
  expect(wrong.problems).toMatchObject([{ severity: "warning", message: expect.stringMatching(/does not fit/) }]);
  expect(wrong.interface?.inputs[0]?.defaultValue).toBeUndefined();
});

it("leaves the mapping of deliveries to what comes with the platform, and its names to what is declared", () => {
  const mapped = added(
    "  options: {millrace: {webhook: {verification: github, filters: {towns: {at: a}}, outputs: {degrees: b, heat: c}}}}",
  );
  expect(errorsOf(mapped).map(({ message }) => message)).toEqual([
    "spec.options.millrace.webhook: is for what comes with the platform.",
    "spec.options.millrace.webhook.filters.towns: there is no input “towns”.",
    "spec.options.millrace.webhook.outputs.heat: there is no output “heat”.",
  ]);
});

/** Each rule once: what stands there instead, a part of the line that is to be named, and what is said. */
const refused: [what: string, text: string, at: string, message: RegExp][] = [
  [
    "a schema of a text",
    with_("      type: string\n", "      type: string\n      schema: {}\n"),
    "schema: {}",
    /schema: must be left out: it is for objects and arrays/,
  ],
  [
    "a schema with a slip of the pen",
    with_(
      "      type: string\n",
      "      type: object\n      schema:\n        properties:\n          n: {minimun: 1}\n",
    ),
    "minimun",
    /schema.properties.n.minimun: must be left out/,
  ],
  ["no YAML", "apiVersion: [", "apiVersion", /not YAML/],
  ["a list", "- a\n- b\n", "- a", /./],
  ["nothing at all", "", "", /./],
  ["another apiVersion", with_('"ryax.tech/v2.0"', "ryax.tech/v3.0"), "apiVersion", /must be ryax.tech\/v2.0/],
  ["no apiVersion", with_('apiVersion: "ryax.tech/v2.0"\n', ""), "kind", /apiVersion: is required/],
  [
    "an unknown kind",
    with_("kind: Processor", "kind: Function"),
    "kind:",
    /must be one of Source, Trigger, Processor, Publisher/,
  ],
  ["no spec", 'apiVersion: "ryax.tech/v2.0"\nkind: Processor\n', "apiVersion", /spec: is required/],
  ["an unknown key at the top", `${good}author: me\n`, "author", /author: there is no such key/],
  ["an unknown key in spec", added("  detail: old"), "detail", /spec.detail: there is no such key/],
  [
    "an unknown key in an input",
    with_("      type: string\n", "      type: string\n      hidden: true\n"),
    "hidden",
    /spec.inputs.0.hidden/,
  ],
  [
    "a default of an output",
    with_("      type: float\n", "      type: float\n      default_value: 1\n"),
    "default_value",
    /spec.outputs.0.default_value: there is no such key/,
  ],
  ["an unknown key in resources", added("  resources:\n    disk: 1G"), "disk", /spec.resources.disk/],
  ["no id", with_("  id: city-weather\n", ""), "human_name: City weather", /spec.id: is required/],
  ["an id of two characters", with_("city-weather", "cw"), "id: cw", /at least 3/],
  ["an id of 25 characters", with_("city-weather", "a".repeat(25)), "id: aaa", /at most 24/],
  ["an id in upper case", with_("city-weather", "City"), "id: City", /lower-case/],
  ["an id with an underscore", with_("city-weather", "city_weather"), "id: city_", /lower-case/],
  ["a number for an id", with_("city-weather", "12345"), "id: 12345", /put it in quotes, "12345"/],
  ["no human_name", with_("  human_name: City weather\n", ""), "id:", /spec.human_name: is required/],
  ["a human_name of two characters", with_("City weather", "Ci"), "human_name: Ci", /at least 3/],
  ["a human_name of 129 characters", with_("City weather", "x".repeat(129)), "human_name: xxx", /at most 128/],
  [
    "an unknown type",
    with_("type: python3", "type: python2"),
    "type: python2",
    /must be one of python3, python3-cuda, nodejs/,
  ],
  ["C#", with_("type: python3", "type: csharp-dotnet6"), "csharp", /C# actions are not supported/],
  ["a version without quotes", with_('"1.0"', "1.0"), "version: 1.0", /must be a string: put it in quotes, "1.0"/],
  ["a version of two characters", with_('"1.0"', '"10"'), "version:", /at least 3/],
  ["a version with a blank", with_('"1.0"', '"1.0 b"'), "version:", /letters, digits, dots, dashes and underscores/],
  ["33 categories", added(`  categories: [${inOneLine(33, "c")}]`), "categories", /at most 32/],
  ["a category of 33 characters", added(`  categories: [${"x".repeat(33)}]`), "categories", /at most 32 characters/],
  ["65 dependencies", added(`  dependencies: [${inOneLine(65, "d")}]`), "dependencies", /at most 64/],
  ["dynamic outputs of an action", added("  dynamic_outputs: true"), "dynamic_outputs", /only triggers/],
  ["a word for dynamic_outputs", added("  dynamic_outputs: sometimes"), "dynamic_outputs", /must be true or false/],
  [
    "an input without a name",
    with_("    - name: city\n      human_name: City", "    - human_name: City"),
    "- human_name: City",
    /spec.inputs.0.name: is required/,
  ],
  ["an input without help", with_("      help: Its name\n", ""), "- name: city", /spec.inputs.0.help: is required/],
  [
    "an input without a human_name",
    with_("      human_name: City\n", ""),
    "- name: city",
    /spec.inputs.0.human_name: is required/,
  ],
  ["an input without a type", with_("      type: string\n", ""), "- name: city", /spec.inputs.0.type: is required/],
  [
    "an input of an unknown type",
    with_("type: string", "type: text"),
    "type: text",
    /must be one of string, longstring/,
  ],
  ["an input of an unusable name", with_("name: city", "name: __proto__"), "name: __proto__", /must be another name/],
  ["an input's name of 65 characters", with_("name: city", `name: ${"x".repeat(65)}`), "name: xxx", /at most 64/],
  [
    "two inputs of one name",
    with_("  outputs:", "    - {name: city, human_name: A, help: b, type: file}\n  outputs:"),
    "human_name: A,",
    /already one named “city”/,
  ],
  [
    "a word for optional",
    with_("type: string\n", "type: string\n      optional: maybe\n"),
    "optional",
    /must be true or false/,
  ],
  [
    "an object as default",
    with_("type: string\n", "type: string\n      default_value: {a: 1}\n"),
    "default_value",
    /must be a string, a number or true\/false\./,
  ],
  [
    "65 enum values",
    with_("type: string\n", `type: enum\n      enum_values: [${inOneLine(65, "v")}]\n`),
    "enum_values",
    /at most 64/,
  ],
  [
    "an empty enum value",
    with_("type: string\n", `type: enum\n      enum_values: [""]\n`),
    "enum_values",
    /must not be empty/,
  ],
  [
    "65 outputs",
    good + repeat(64, (index) => `    - {name: o${index}, human_name: a, help: b, type: file}`),
    "- name: degrees",
    /at most 64/,
  ],
  ["a memory with a fraction", added("  resources:\n    memory: 1.5G"), "memory", /whole number with K, M, G or T/],
  ["a memory in GB", added("  resources:\n    memory: 2GB"), "memory", /whole number with K, M, G or T/],
  ["too little memory", added("  resources:\n    memory: 32M"), "memory", /more than 32M/],
  ["too little cpu", added("  resources:\n    cpu: 0.05"), "cpu", /at least 0.1/],
  ["no time", added("  resources:\n    time: 0"), "time:", /more than 0/],
  ["a time in weeks", added("  resources:\n    time: 1w"), "time:", /s, m, h or d/],
  ["half a gpu", added("  resources:\n    gpu: 0.5"), "gpu", /at least 1/],
  [
    "a gpu of unknown keys",
    added("  resources:\n    gpu: {cores: 5}"),
    "gpu",
    /spec.resources.gpu.cores: there is no such key/,
  ],
];

describe("refuses, at its line,", () => {
  it.each(refused)("%s", (_, text, at, message) => {
    const problems = errorsOf(text);
    expect(problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
    expect(problems[0]).toMatchObject({ path: "ryax_metadata.yaml", line: Math.max(1, lineOf(text, at)) });
    expect(readMetadata(text).interface).toBeNull();
  });

  it("everything that is wrong at once, from top to bottom", () => {
    const text = added("  detail: old").replace("city-weather", "CW").replace("type: float", "type: number");
    const lines = errorsOf(text).map((problem) => problem.line);
    expect(lines).toEqual([
      lineOf(text, "id: CW"),
      lineOf(text, "id: CW"),
      lineOf(text, "detail"),
      lineOf(text, "type: number"),
    ]);
  });

  it("a file of version 1, with what to change", () => {
    const [problem] = errorsOf("apiVersion: ryax.tech/v1\nkind: Functions\nspec: {id: x, detail: y}\n");
    expect(problem).toMatchObject({ line: 1, code: "version_1" });
    for (const step of ["Processor", "description", "ryax_handler.py", "ryax_run.py"])
      expect(problem?.message).toContain(step);
  });

  it("aliases that would grow without bound", () => {
    const bomb = [
      "a: &a [x, x, x, x, x, x, x, x, x]",
      ...["b", "c", "d", "e", "f", "g", "h", "i"].map((name, index) => {
        const before = String.fromCharCode(97 + index);
        return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(", ")}]`;
      }),
    ].join("\n");
    const started = process.cpuUsage();
    expect(errorsOf(bomb)[0]?.message).toMatch(/cannot be read/);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(2_000);
  });
});

const warned: [what: string, text: string, at: string, message: RegExp][] = [
  ["no version", with_('  version: "1.0"\n', ""), "id:", /no version; “1.0” is taken/],
  ["a key that stands twice", added("  human_name: Again"), "human_name: Again", /“human_name” stands twice/],
  ["a CUDA package", with_("type: python3", "type: python3-cuda"), "type: python3-cuda", /built as python3/],
  ["a Nix package", added("  dependencies: [ffmpeg]"), "dependencies", /ffmpeg is a Nix package and is not installed/],
  [
    "a Python package of Nix",
    added("  dependencies: [python3Packages.requests]"),
    "dependencies",
    /installed from PyPI as “requests”/,
  ],
  ["the singular of options", added('  option: {python: {version: "3.11"}}'), "option:", /read as “options”/],
  ["a Nix version", added('  options: {nixpkgs: {version: "21"}}'), "nixpkgs", /no effect/],
  ["an unknown addon", added("  addons: {teleport: {}}"), "teleport", /not a known addon/],
  ["an addon without effect", added("  addons: {hpc: {}}"), "hpc", /kept, but has no effect/],
  [
    "a service of its own",
    added("  addons: {http_service: {port: 80}}"),
    "http_service",
    /kept, but has no effect on an action/,
  ],
  ["an input with an odd name", with_("name: city", "name: city name"), "name: city name", /safest/],
  ["an enum without values", with_("type: string", "type: enum"), "type: enum", /accepts anything/],
  [
    "a default of another type",
    with_("type: string\n", "type: integer\n      default_value: seven\n"),
    "default_value",
    /does not fit the type integer/,
  ],
  [
    "a default that is no value of its enum",
    with_("type: string\n", "type: enum\n      enum_values: [a]\n      default_value: b\n"),
    "default_value",
    /does not fit the type enum/,
  ],
];

describe("warns, at its line, of", () => {
  it.each(warned)("%s", (_, text, at, message) => {
    expect(errorsOf(text)).toEqual([]);
    const problems = warningsOf(text);
    expect(problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
    expect(problems[0]?.line).toBe(lineOf(text, at));
    expect(readMetadata(text).interface).not.toBeNull();
  });
});

describe("understands", () => {
  const read = (text: string) => {
    const { interface: found, problems } = readMetadata(text);
    expect(problems.filter((problem) => problem.severity !== "warning")).toEqual([]);
    return found;
  };

  it.each([
    ["Source", "trigger", "ryax_run.py"],
    ["Trigger", "trigger", "ryax_run.py"],
    ["Processor", "action", "ryax_handler.py"],
    ["Publisher", "action", "ryax_handler.py"],
  ])("the kind %s", (kind, expected, entry) => {
    expect(read(with_("kind: Processor", `kind: ${kind}`))).toMatchObject({ kind: expected, entry });
  });

  it.each([
    ["memory: 33M", { memoryBytes: 33 * 1024 ** 2 }],
    ["memory: 2G", { memoryBytes: 2 * 1024 ** 3 }],
    ["memory: 1T", { memoryBytes: 1024 ** 4 }],
    ["memory: 64000000", { memoryBytes: 64_000_000 }],
    ["time: 90", { timeLimitMs: 90_000 }],
    ["time: 1.5m", { timeLimitMs: 90_000 }],
    ["time: 2h", { timeLimitMs: 7_200_000 }],
    ["time: 1d", { timeLimitMs: 86_400_000 }],
    ["cpu: 0.1", { cpu: 0.1 }],
    ["gpu: 2", { gpu: 2 }],
    ["gpu: {count: 3, memory: 8G, compute_fraction: 1}", { gpu: 3 }],
  ])("the resources %s", (text, resources) => {
    expect(read(added(`  resources:\n    ${text}`))?.resources).toEqual(resources);
  });

  it.each([
    ["yes", true],
    ["on", true],
    ["No", false],
    ["OFF", false],
  ])("%s as YAML 1.1 does", (word, optional) => {
    expect(read(with_("type: string\n", `type: string\n      optional: ${word}\n`))?.inputs[0]?.optional).toBe(
      optional,
    );
  });

  it("y and n as names, as PyYAML does", () => {
    const text = with_("name: city", "name: y").replace("name: degrees", "name: n");
    expect([read(text)?.inputs[0]?.name, read(text)?.outputs[0]?.name]).toEqual(["y", "n"]);
  });

  it("blanks before colons, Python's own words as names, and one human_name for several inputs", () => {
    const text = with_("name: city", "name : from").replace(
      "  outputs:",
      "    - {name: class, human_name: City, help: '', type: file}\n  outputs:",
    );
    expect(read(text)?.inputs.map((input) => input.name)).toEqual(["from", "class"]);
  });

  it("a whole float as the default of an integer, and an integer as that of a float", () => {
    const text = with_("type: string\n", "type: integer\n      default_value: 2.0\n").replace(
      "  outputs:",
      "    - {name: x, human_name: X, help: '', type: float, default_value: 2}\n  outputs:",
    );
    expect(read(text)?.inputs.map((input) => input.defaultValue)).toEqual([2, 2]);
  });

  it("lists that were left empty", () => {
    const text = with_(
      good.slice(good.indexOf("  inputs:")),
      "  inputs:\n  outputs:\n  categories:\n  resources:\n  addons:\n  dependencies:\n  description:\n",
    );
    expect(read(text)).toMatchObject({ inputs: [], outputs: [], categories: [], description: "" });
  });
});

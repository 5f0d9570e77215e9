import { describe, expect, it } from "vitest";
import { library } from "../definition/testing";
import { readWorkflowFile } from "./read";
import { resolveWorkflowFile } from "./resolve";

function read(yaml: string, files = new Map()) {
  const { file, problems } = readWorkflowFile(yaml, "workflow.yaml");
  if (!file) return { definition: undefined, name: undefined, problems };
  const resolved = resolveWorkflowFile(file, "workflow.yaml", library, files);
  return {
    definition: resolved.definition ?? undefined,
    name: file.name,
    problems: [...problems, ...resolved.problems],
  };
}

const ours = `apiVersion: ryax.tech/v2.0
kind: Workflows
spec:
  human_name: City
  functions:
    - id: api
      from: httpapijson
      version: "1.0"
      custom_name: Door
      position: {x: 1, y: 2}
      inputs_values: {summary: Weather, path: "/weather/{city}", method: GET}
      outputs: [{name: city, human_name: City, help: "", type: string, origin: path, optional: false}]
      streams_to: [geo]
    - id: geo
      from: take
      version: "1.0"
      inputs_values: {text: =api.city}
      streams_to: []
  results: [{key: text, value: =geo.text}]
`;

const expected = read(ours);

it("reads the form that is written", () => {
  expect(expected.problems).toEqual([]);
  expect(expected.definition).toMatchObject({
    nodes: [
      { id: "api", name: "Door", ui: { x: 1, y: 2 } },
      { id: "geo", inputs: { text: { link: { node: "api", output: "city" } } } },
    ],
    edges: [{ from: "api", to: "geo" }],
    results: { kind: "json", entries: [{ key: "text", node: "geo", output: "text" }] },
  });
});

describe("reads the same with Ryax's other spellings:", () => {
  it.each([
    ["kind: Workflow", ours.replace("kind: Workflows", "kind: Workflow")],
    ["no apiVersion", ours.replace("apiVersion: ryax.tech/v2.0\n", "")],
    ["spec.name", ours.replace("human_name: City\n", "name: City\n")],
    ["spec.actions", ours.replace("functions:", "actions:")],
    ["spec.modules", ours.replace("functions:", "modules:")],
    ["action_id", ours.replaceAll("      from:", "      action_id:")],
    ["technical_name", ours.replaceAll("      from:", "      technical_name:")],
    ["module", ours.replaceAll("      from:", "      module:")],
    ["position_x and position_y", ours.replace("position: {x: 1, y: 2}", "position_x: 1\n      position_y: 2")],
    ["dynamic_outputs", ours.replace("outputs:", "dynamic_outputs:")],
    [
      "technical_name and display_name of outputs",
      ours.replace("{name: city, human_name: City", "{technical_name: city, display_name: City"),
    ],
    ["a version as a number", ours.replaceAll('version: "1.0"', "version: 1.0")],
    ["no version: the newest built", ours.replaceAll('      version: "1.0"\n', "")],
    ["another version of a trigger that is built in", ours.replace('version: "1.0"', 'version: "26.3"')],
    ["results as a map", ours.replace("[{key: text, value: =geo.text}]", "{text: =geo.text}")],
    ["results by link", ours.replace("value: =geo.text", "value: {link: geo.text}")],
    ["inputs by link", ours.replace("text: =api.city", "text: {link: api.city}")],
    [
      "the path among the addon's values",
      ours
        .replace('path: "/weather/{city}", ', "")
        .replace(
          "      outputs: [{name",
          '      addons_inputs_values: {http_api: {path: "/weather/{city}"}}\n      outputs: [{name',
        ),
    ],
    [
      "screen names of settings",
      ours
        .replace("summary: Weather", '"OpenAPI Summary": Weather')
        .replace("path: ", '"Templated HTTP Endpoint Path": ')
        .replace("method: GET", '"HTTP method": get'),
    ],
  ])("%s", (_, yaml) => {
    const { definition, problems } = read(yaml);
    expect(problems).toEqual([]);
    expect(definition?.nodes[0]?.inputs).toEqual(expected.definition?.nodes[0]?.inputs);
    expect(definition).toEqual(expected.definition);
  });
});

const inputsOf = (values: string) => read(ours.replace("{text: =api.city}", values)).definition?.nodes[1]?.inputs;

describe("reads a value", () => {
  it.each([
    ["{text: plain}", { text: { static: "plain" } }],
    ["{text: '==api.city'}", { text: { static: "=api.city" } }],
    ["{text: {variable: TEXT}}", { text: { variable: "TEXT" } }],
    ["{text: x, count: '12'}", { text: { static: "x" }, count: { static: 12 } }],
    ["{text: x, count: 12}", { text: { static: "x" }, count: { static: 12 } }],
    ["{text: null}", { text: { static: null } }],
    ["{text: 2026-01-31}", { text: { static: "2026-01-31" } }],
    ["{text: y}", { text: { static: "y" } }],
    ["{text: 'yes'}", { text: { static: "yes" } }],
  ])("%s", (values, inputs) => {
    expect(inputsOf(values)).toEqual(inputs);
  });

  it("of another type as text where a text is wanted, and says so", () => {
    const { definition, problems } = read(ours.replace("{text: =api.city}", "{text: 12.50}"));
    expect(definition?.nodes[1]?.inputs.text).toEqual({ static: "12.5" });
    expect(problems).toEqual([expect.objectContaining({ severity: "warning", line: 14 })]);
  });
});

const lineOf = (text: string, part: string) => text.split("\n").findIndex((line) => line.includes(part)) + 1;

describe("says, at its line,", () => {
  const told: [what: string, yaml: string, at: string, severity: "error" | "warning", message: RegExp][] = [
    [
      "that an apiVersion is unknown",
      ours.replace("v2.0", "v9.0"),
      "apiVersion",
      "error",
      /must be ryax.tech\/v2.0, not ryax.tech\/v9.0/,
    ],
    [
      "that a kind is another",
      ours.replace("kind: Workflows", "kind: Processor"),
      "kind:",
      "error",
      /kind must be Workflows, not Processor/,
    ],
    [
      "that there is no list of steps",
      "kind: Workflows\nspec:\n  functions: none\n",
      "functions",
      "error",
      /must be a list of steps/,
    ],
    [
      "that a step has no id",
      ours.replace("- id: geo\n      from", "- from"),
      "- from: take",
      "error",
      /A step needs an id/,
    ],
    ["that a step names no action", ours.replace("      from: take\n", ""), "id: geo", "error", /needs “from”/],
    [
      "that two steps have one id",
      ours.replace("id: geo", "id: api"),
      "- id: api\n      from: take".split("\n")[0] as string,
      "error",
      /two steps with the id api/,
    ],
    [
      "that a step leads nowhere",
      ours.replace("streams_to: [geo]", "streams_to: [gone]"),
      "- id: api",
      "error",
      /streams_to names gone/,
    ],
    [
      "that an action is missing",
      ours.replace("from: take", "from: gone"),
      "- id: geo",
      "error",
      /gone@1.0 is not in the library. Push it first/,
    ],
    [
      "that a version is missing, and which there are",
      ours.replace('from: take\n      version: "1.0"', 'from: take\n      version: "7.0"'),
      "- id: geo",
      "error",
      /take@7.0 is not in the library. The library has 1.0/,
    ],
    [
      "that a link names nothing",
      ours.replace("=api.city}", "=api.gone}"),
      "- id: geo",
      "warning",
      /“=api.gone” names no output, so it is taken as plain text/,
    ],
    [
      "that an explicit link names nothing",
      ours.replace("=api.city}", "{link: api.gone}}"),
      "- id: geo",
      "error",
      /there is no output api.gone/,
    ],
    ["that a type is unknown", ours.replace("type: string", "type: text"), "outputs:", "error", /type must be one of/],
    [
      "that an origin is unknown",
      ours.replace("origin: path", "origin: form"),
      "outputs:",
      "error",
      /origin must be one of path/,
    ],
    [
      "that a key has no effect",
      `${ours}`.replace("  results:", "  constraints: {}\n  results:"),
      "constraints",
      "warning",
      /no effect here/,
    ],
    [
      "that a key is not known",
      ours.replace("      custom_name: Door", "      custom_name: Door\n      colour: red"),
      "colour",
      "warning",
      /colour is not known/,
    ],
    [
      "that a retry is malformed",
      ours.replace("      streams_to: []", "      retry: {max_attempts: 0}\n      streams_to: []"),
      "retry",
      "error",
      /max_attempts \(1 to 100\)/,
    ],
    [
      "that a result names nothing",
      ours.replace("value: =geo.text", "value: =geo.gone"),
      "results",
      "error",
      /geo.gone, and there is no such output/,
    ],
    [
      "that results are two things",
      `${ours}  result_file: =geo.file\n`,
      "result_file",
      "error",
      /either a file or JSON results/,
    ],
  ];

  it.each(told)("%s", (_, yaml, at, severity, message) => {
    const found = read(yaml).problems.filter((problem) => message.test(problem.message));
    expect(found).toHaveLength(1);
    const line =
      at === "- id: api" && yaml.split("- id: api").length > 2
        ? yaml.slice(0, yaml.lastIndexOf("- id: api")).split("\n").length
        : lineOf(yaml, at);
    expect(found[0]).toMatchObject({ path: "workflow.yaml", severity, line });
  });

  it("that it is no YAML, and that it is no workflow", () => {
    expect(read("a: [").problems[0]).toMatchObject({ line: 1, message: expect.stringMatching(/not YAML/) });
    expect(read("- a\n").problems[0]?.message).toMatch(/must be a map with apiVersion, kind and spec/);
    expect(read("kind: Workflows\n").problems.map((problem) => problem.message)).toContain("There is no spec.");
  });

  it("everything at once", () => {
    const many = ours
      .replace("v2.0", "v9.0")
      .replace("streams_to: [geo]", "streams_to: [gone]")
      .replace("=geo.text", "=geo.gone");
    expect(read(many).problems.filter((problem) => problem.severity === "error")).toHaveLength(3);
  });
});

it("refuses more than a definition may hold, at the step's line", () => {
  const { definition, problems } = read(
    ours
      .replace("custom_name: Door", `custom_name: Door\n      action_id: ${"x".repeat(101)}`)
      .replace("      from: httpapijson\n", ""),
  );
  expect(definition).toBeUndefined();
  expect(problems).toContainEqual(
    expect.objectContaining({ line: 6, message: expect.stringContaining("nodes.0.action.id") }),
  );
});

import { beforeAll, describe, expect, it } from "vitest";
import { showActionContract } from "@/lib/actions/contract";
import { TestProject } from "../support/project";
import { executeAction, linesOf } from "../support/step";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  await project.pushFixtures(
    ...["greet", "greet-as-handler", "greet-async", "lying-annotations", "slugify-text", "no-requirements", "by-hand"],
    ...["node-greet", "node-sloppy", "node-packages", "data-files", "scratch-files", "noisy", "environment"],
    ...["options", "none-result", "list-result", "odd-results", "leaves-things"],
  );
}, 240_000);

const outputsOf = async (use: string, inputs: Record<string, unknown> = {}) => {
  const { step } = await executeAction(project, use, inputs);
  expect([step.state, step.error]).toEqual(["completed", null]);
  return step.outputs;
};

describe("a handler", () => {
  it.concurrent.each([
    ["greet", { name: "Ada" }, { greeting: "Hello Ada!" }],
    ["greet-as-handler", { name: "ada lovelace" }, { greeting: "Ada Lovelace" }],
    ["greet-async", { name: "ada" }, { greeting: "ADA AGAIN" }],
    ["lying-annotations", { text: "12345" }, { count: 5 }],
    ["node-greet", { name: "Ada" }, { greeting: "Hello Ada!" }],
    ["node-sloppy", { name: "Ada" }, { greeting: "Hello Ada!" }],
  ])("%s", async (use, inputs, outputs) => {
    expect(await outputsOf(use, inputs)).toEqual(outputs);
  });

  it.concurrent("never runs what stands under __main__", async () => {
    const { logs } = await executeAction(project, "greet", { name: "Ada" });
    expect(logs).toEqual([]);
  });
});

describe("dependencies", () => {
  it.concurrent("of requirements.txt are installed, with their own dependencies", async () => {
    expect(await outputsOf("slugify-text", { text: "Zürich, 東京 & more" })).toEqual({ slug: "zurich-dong-jing-more" });
    const params = { project: project.id, action: "slugify-text", version: "1.0.0" };
    const { buildLog } = await project.api(showActionContract, { params });
    expect(buildLog.map(({ line }) => line)).toContainEqual(expect.stringMatching(/^Resolving 1 requirement/));
  });

  it.concurrent("of packages.json are installed, an empty version being any, and ES modules can be required", async () => {
    const outputs = await outputsOf("node-packages", { text: "2 days" });
    expect(outputs).toEqual({ milliseconds: 172_800_000, id: expect.stringMatching(/^[ab]{5}$/) });
  });

  it.concurrent("may be none but a comment", async () => {
    expect(await outputsOf("no-requirements")).toEqual({ ok: true });
  });
});

describe("files", () => {
  it.concurrent("of the package are found by relative paths, and imported from sub-folders", async () => {
    expect(await outputsOf("data-files", { key: "ü" })).toEqual({ page: "<b>ÜMIT</b>\n" });
  });

  it("that a call writes, in /tmp, beside or in the package, are not there in the next one", async () => {
    for (const name of ["first", "second", "third"]) {
      const outputs = await outputsOf("scratch-files", { name });
      expect(outputs).toMatchObject({
        found: "",
        beside: name,
        calls: 1,
        outfile: { file: "outfile.txt", size: name.length },
      });
    }
  });
});

it.concurrent("logs prints, stderr, logging and programs' output, each as a line, in order", async () => {
  const { logs } = await executeAction(project, "noisy");
  const lines = linesOf(logs).filter(([, line]) => line !== "at import");
  expect(lines.map(([stream, line]) => `${stream} ${line}`)).toEqual([
    "stdout one",
    "stderr two",
    expect.stringMatching(/^stderr .*three$/),
    expect.stringMatching(/^stderr .*four$/),
    expect.stringMatching(/^stderr .*five$/),
    "stdout six and a half",
    "stdout seven",
    expect.stringMatching(/^std(out|err) eight$/),
    "stdout nine without an end",
  ]);
  expect(logs.map((line) => line.at)).toEqual(logs.map((line) => line.at).sort());
});

it.concurrent("sees nothing of the platform", async () => {
  const outputs = (await outputsOf("environment")) as Record<string, string>;
  expect(
    outputs.names?.split(",").filter((name) => !["HOME", "LANG", "LC_CTYPE", "PATH", "TMPDIR", "PWD"].includes(name)),
  ).toEqual([]);
  expect(outputs.files).toBe("ryax_handler.py,ryax_metadata.yaml");
  expect(outputs.parents).not.toMatch(/MILLRACE|DATABASE|postgres/i);
  expect(outputs.shadow).not.toContain("root");
});

describe("inputs", () => {
  const seen = async (inputs: Record<string, unknown>) =>
    JSON.parse(String((await outputsOf("options", inputs))?.seen));

  it.concurrent("are all there, given or not, with their defaults", async () => {
    expect(await seen({ required: "r" })).toEqual({
      required: "r",
      with_default: "by default",
      optional: null,
      both: 1.5,
      from: "a",
      whole_default: 3,
    });
  });

  it.concurrent("are what was given, in the declared type", async () => {
    expect(await seen({ required: "r", with_default: "", optional: 7, both: 2, from: "b", whole_default: 4 })).toEqual({
      required: "r",
      with_default: "",
      optional: 7,
      both: 2,
      from: "b",
      whole_default: 4,
    });
  });
});

describe("results", () => {
  it.concurrent("may be none where there are no outputs", async () => {
    const { step, logs } = await executeAction(project, "none-result", { text: "hi" });
    expect([step.state, step.outputs, linesOf(logs)]).toEqual(["completed", {}, [["stdout", "published hi"]]]);
  });

  it.concurrent("may be a list of one dict", async () => {
    expect(await outputsOf("list-result", { count: 1 })).toEqual({ index: 0 });
  });

  it.concurrent("are converted to what was declared, and what was not is dropped with a note", async () => {
    const { step, logs } = await executeAction(project, "odd-results");
    expect(step.error).toBeNull();
    expect(step.outputs).toEqual({
      number_as_text: "12.5",
      flag_as_text: "true",
      dict_as_text: '{"a":[1,null,"ü"]}',
      int_as_float: 3,
      float_as_int: 4,
      path: { file: "result.txt", size: 16, url: expect.any(String) },
      left_out: null,
    });
    expect(linesOf(logs)).toEqual([["system", expect.stringContaining("nobody_asked")]]);
  });
});

it("a process that a call left a thread in is not used for another call", async () => {
  for (let round = 0; round < 3; round++) expect(await outputsOf("leaves-things")).toEqual({ calls: 1 });
});

it.concurrent("metadata that somebody typed by hand is read as Ryax reads it", async () => {
  const params = { project: project.id, action: "by-hand", version: "2021-rc.1_a" };
  const action = await project.api(showActionContract, { params });
  expect(action).toMatchObject({
    name: "Made by hand, twice named",
    description: "Two lines,\nof which this is the second.\n",
  });
  expect(action.inputs).toMatchObject([
    { name: "from", optional: true },
    { name: "mode", defaultValue: "on" },
  ]);
  const { logs } = await executeAction(project, "by-hand@2021-rc.1_a", { from: null });
  expect(linesOf(logs)).toEqual([["stdout", "None on"]]);
});

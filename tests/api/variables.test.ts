import { beforeAll, describe, expect, it } from "vitest";
import type { ApiError } from "@/lib/http/client";
import {
  listVariablesContract,
  setFileVariableContract,
  setVariableContract,
  unsetVariableContract,
  type VariableResource,
} from "@/lib/variables/contract";
import { refusal } from "../support/checked";
import { TestProject } from "../support/project";
import { zipOf } from "../support/zip";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

type Body = Parameters<typeof set>[1];
const set = (
  variable: string,
  body: {
    value: NonNullable<VariableResource["value"]>;
    type?: "integer" | "float" | "string" | "password" | "boolean" | "object" | "array";
    secret?: boolean;
    description?: string;
  },
) => project.api(setVariableContract, { params: { project: project.id, variable }, body });
const unset = (variable: string) => project.api(unsetVariableContract, { params: { project: project.id, variable } });
const find = async (name: string) =>
  (await project.api(listVariablesContract)).items.find((item) => item.name === name);

it.concurrent.each([
  ["TEXT", { value: "plain" }, "string"],
  ["WHOLE", { value: 7 }, "integer"],
  ["PART", { value: 0.5 }, "float"],
  ["FLAG", { value: false }, "boolean"],
  ["SHAPE", { value: { near: [1, { b: null }] } }, "object"],
  ["MANY", { value: ["a", 2] }, "array"],
  ["WIDE", { value: 7, type: "float" }, "float"],
] as [string, Body, string][])("infers the type of %s", async (name, body, type) => {
  expect(await set(name, body)).toMatchObject({ name, type, secret: false, value: body.value });
  expect(await find(name)).toMatchObject({ type, value: body.value });
});

it.concurrent("never gives a secret back, however it was made one", async () => {
  const clear = "s3cr3t-Pässword";
  expect(await set("HIDDEN", { value: clear, secret: true })).toMatchObject({
    type: "password",
    secret: true,
    value: null,
  });
  expect(await set("TYPED", { value: clear, type: "password" })).toMatchObject({ secret: true, value: null });
  const text = await (await project.raw(listVariablesContract)).text();
  expect(text).not.toContain(clear);
  expect(text).not.toContain(Buffer.from(clear).toString("base64"));
});

it.concurrent("changes a variable and keeps the description that is not given again", async () => {
  await set("CHANGED", { value: "one", description: "what it is for" });
  expect(await set("CHANGED", { value: 2 })).toMatchObject({
    type: "integer",
    value: 2,
    description: "what it is for",
  });
});

it.concurrent("makes a secret plain again only with a new value", async () => {
  await set("TURNED", { value: "was secret", secret: true });
  expect(await set("TURNED", { value: "plain now" })).toMatchObject({
    type: "string",
    secret: false,
    value: "plain now",
  });
});

it.concurrent.each([
  ["1ST", { value: "x" }, "params.variable"],
  ["WITH-DASH", { value: "x" }, "params.variable"],
  ["X".repeat(65), { value: "x" }, "params.variable"],
  ["MISSHAPEN", { value: [1], type: "object" }, "body.value"],
  ["MISFIT", { value: "seven", type: "integer" }, "body.value"],
] as [string, Body, string][])("refuses %s = %j", async (name, body, place) => {
  const error: ApiError = await refusal(set(name, body));
  expect([error.status, error.issues.map((issue) => issue.path)]).toEqual([422, [place]]);
});

it.concurrent("deletes a variable, once", async () => {
  await set("GONE", { value: "x" });
  await unset("GONE");
  expect(await find("GONE")).toBeUndefined();
  expect((await refusal(unset("GONE"))).code).toBe("not_found");
});

it.concurrent("refuses to delete one that a workflow reads, and names the workflow", async () => {
  await set("USED", { value: "x" });
  await project.pushCode({ id: "take-text", inputs: { text: "string" }, code: "def handle(i): pass" });
  await project.deployManual({
    name: "Reader of USED",
    steps: { take: { use: "take-text", with: { text: { variable: "USED" } } } },
  });
  const error = await refusal(unset("USED"));
  expect([error.status, error.code]).toEqual([409, "conflict"]);
  expect(error.message).toContain("Reader of USED");
});

describe("files and structured values", () => {
  const setFile = (
    variable: string,
    query: { name: string; type?: "file" | "directory" },
    bytes: Uint8Array | string,
  ) =>
    project.api(setFileVariableContract, {
      params: { project: project.id, variable },
      query,
      body: new Blob([bytes as BlobPart]),
    });

  it("reach the steps that read them", async () => {
    expect(await setFile("RATES", { name: "C:\\data\\rates.csv" }, "eur,1.1")).toMatchObject({
      type: "file",
      value: { name: "rates.csv", size: 7 },
    });
    expect(
      await setFile("NOTES", { name: "notes.zip", type: "directory" }, await zipOf({ "notes/a.txt": "from a folder" })),
    ).toMatchObject({
      type: "directory",
      value: { name: "notes" },
    });
    await set("SETTINGS", { value: { depth: { most: 3 } } });
    await set("CITIES", { value: ["Bern", "Rome"] });
    await project.pushCode({
      id: "read-all",
      inputs: { rates: "file", notes: "directory", settings: "object", cities: "array" },
      outputs: { seen: "string" },
      code: `
import os
def handle(inputs):
    rates = open(inputs["rates"]).read()
    notes = open(os.path.join(inputs["notes"], "notes", "a.txt")).read()
    return {"seen": f"{rates}; {notes}; {inputs['settings']['depth']['most']}; {inputs['cities'][1]}"}
`,
    });
    const variables = { rates: "RATES", notes: "NOTES", settings: "SETTINGS", cities: "CITIES" };
    const from = Object.entries(variables).map(([name, variable]) => [name, { variable }]);
    await project.deployEndpoint({
      path: "/from-variables",
      steps: { read: { use: "read-all", with: Object.fromEntries(from) } },
      results: { seen: "read.seen" },
    });
    const answer = await project.post("/from-variables", {});
    expect(await answer.json()).toEqual({ seen: "eur,1.1; from a folder; 3; Rome" });
  });

  it("are refused where they are none", async () => {
    const error = await refusal(setFile("NO_FOLDER", { name: "a.zip", type: "directory" }, "no zip"));
    expect([error.status, error.issues]).toEqual([422, [{ path: "body", message: "must be a folder, as a zip" }]]);
    expect(await find("NO_FOLDER")).toBeUndefined();
  });
});

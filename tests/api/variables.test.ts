import { beforeAll, expect, it } from "vitest";
import type { ApiError } from "@/lib/http/client";
import { listVariablesContract, setVariableContract, unsetVariableContract } from "@/lib/variables/contract";
import { refusal } from "../support/checked";
import { TestProject } from "../support/project";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
});

type Body = Parameters<typeof set>[1];
const set = (
  variable: string,
  body: {
    value: string | number | boolean;
    type?: "integer" | "float" | "string" | "password" | "boolean";
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

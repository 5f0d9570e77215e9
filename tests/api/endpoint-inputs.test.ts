import { beforeAll, describe, expect, it } from "vitest";
import type { InputOrigin } from "@/lib/triggers/kinds";
import type { IoType } from "@/lib/values/types";
import { TestProject } from "../support/project";

/** Types that a text can stand for, one endpoint for each origin that carries them. */
const textTypes: IoType[] = ["string", "longstring", "password", "enum", "integer", "float", "boolean", "bytes"];
const textOrigins: InputOrigin[] = ["path", "query", "header", "cookie"];
const enumValues = ["red", "Light Blue"];
const inputOf = (type: IoType, origin: InputOrigin) => ({
  type,
  origin,
  ...(type === "enum" && { enum_values: enumValues }),
});

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  for (const origin of textOrigins) {
    for (const type of textTypes) {
      await project.deployEndpoint({
        path: `/${origin}/${type}${origin === "path" ? "/{value}" : ""}`,
        method: "GET",
        inputs: { value: inputOf(type, origin) },
        results: { value: "api.value" },
      });
    }
  }
  await project.deployEndpoint({
    path: "/body",
    inputs: Object.fromEntries(textTypes.map((type) => [type, { ...inputOf(type, "body"), optional: true }])),
    results: Object.fromEntries(textTypes.map((type) => [type, `api.${type}`])),
  });
});

/** Calls the endpoint of an origin and a type with this text in its place. */
function callWith(origin: InputOrigin, type: IoType, text: string): Promise<Response> {
  const path = `/${origin}/${type}`;
  switch (origin) {
    case "path":
      return project.call(`${path}/${encodeURIComponent(text)}`);
    case "query":
      return project.call(`${path}?value=${encodeURIComponent(text)}`);
    case "header":
      return project.call(path, { headers: { Value: text } });
    default:
      return project.call(path, { headers: { cookie: `other=1; value=${encodeURIComponent(text)}; more=2` } });
  }
}

const accepted: [IoType, string, unknown][] = [
  ["string", "plain", "plain"],
  ["string", "12", "12"],
  ["longstring", "a b&c=d", "a b&c=d"],
  ["password", "hunter2", "hunter2"],
  ["enum", "Light Blue", "Light Blue"],
  ["integer", "-42", -42],
  ["integer", "+7", 7],
  ["integer", "0", 0],
  ["float", "1.5e3", 1500],
  ["float", ".5", 0.5],
  ["float", "-3", -3],
  ["boolean", "true", true],
  ["boolean", "FALSE", false],
  ["boolean", "1", true],
  ["boolean", "0", false],
  ["bytes", "aGk=", "aGk="],
];

const refused: [IoType, string, string][] = [
  ["enum", "light blue", 'must be one of "red", "Light Blue"'],
  ["integer", "1.5", "must be a whole number"],
  ["integer", "seven", "must be a whole number"],
  ["integer", "9223372036854775808", "must be a whole number of at most 64 bits"],
  ["float", "NaN", "must be a finite number"],
  ["float", "Infinity", "must be a finite number"],
  ["float", "1e999", "must be a finite number"],
  ["float", "0x10", "must be a finite number"],
  ["boolean", "yes", "must be true or false"],
  ["boolean", "constructor", "must be true or false"],
  ["bytes", "not base64!", "must be a base64 string"],
];

describe.each(textOrigins)("from the %s", (origin) => {
  it.concurrent.each(accepted)("a %s of %j", async (type, text, value) => {
    const answer = await callWith(origin, type, text);
    expect([answer.status, await answer.json()]).toEqual([200, { value }]);
  });

  it.concurrent.each(refused)("no %s of %j", async (type, text, message) => {
    const answer = await callWith(origin, type, text);
    const problem = await answer.json();
    expect([answer.status, problem.errors]).toEqual([422, [{ path: `${origin}.value`, message }]]);
  });
});

it.concurrent.each(textOrigins)("keeps 64 bits of an integer from the %s", async (origin) => {
  const answer = await callWith(origin, "integer", "9223372036854775807");
  expect(await answer.text()).toBe('{"value":9223372036854775807}');
});

it.concurrent("takes the last of a repeated query parameter, and + for a blank", async () => {
  const answer = await project.call("/query/string?value=first&other=x&value=a+b%2Bc");
  expect(await answer.json()).toEqual({ value: "a b+c" });
});

it.concurrent.each(["query", "cookie"] as const)("takes unicode from the %s", async (origin) => {
  const text = "Zürich ☀ 東京 🎉";
  expect(await (await callWith(origin, "string", text)).json()).toEqual({ value: text });
});

it.concurrent("takes unicode from the path, a slash within a segment, and an empty text from the query", async () => {
  const text = "a/b Zürich 🎉 %41";
  expect(await (await callWith("path", "string", text)).json()).toEqual({ value: text });
  expect(await (await project.call("/query/string?value=")).json()).toEqual({ value: "" });
});

it.concurrent("finds a header whatever its case", async () => {
  const answer = await project.call("/header/string", { headers: { VALUE: "upper" } });
  expect(await answer.json()).toEqual({ value: "upper" });
});

const jsonAccepted: [IoType, string, unknown][] = [
  ["string", '"text"', "text"],
  ["string", '""', ""],
  ["longstring", '"a\\nb"', "a\nb"],
  ["password", '"hunter2"', "hunter2"],
  ["enum", '"red"', "red"],
  ["integer", "7", 7],
  ["integer", "1.0", 1],
  ["integer", "1e2", 100],
  ["float", "7", 7],
  ["float", "0.1", 0.1],
  ["boolean", "false", false],
  ["bytes", '"AAEC"', "AAEC"],
];

const jsonRefused: [IoType, string, string][] = [
  ["string", "5", "must be a string"],
  ["string", "[]", "must be a string"],
  ["longstring", "true", "must be a string"],
  ["password", "{}", "must be a string"],
  ["enum", '"blue"', 'must be one of "red", "Light Blue"'],
  ["integer", '"7"', "must be a whole number"],
  ["integer", "1.5", "must be a whole number"],
  ["integer", "true", "must be a whole number"],
  ["integer", "9223372036854775808", "must be a whole number of at most 64 bits"],
  ["float", '"0.1"', "must be a finite number"],
  ["float", "1e999", "must be a finite number"],
  ["boolean", '"true"', "must be true or false"],
  ["boolean", "1", "must be true or false"],
  ["bytes", '"%%%"', "must be a base64 string"],
];

describe("from a JSON body", () => {
  const post = (body: string) =>
    project.call("/body", { method: "POST", headers: { "content-type": "application/json" }, body });
  const nothing = Object.fromEntries(textTypes.map((type) => [type, null]));

  it.concurrent.each(jsonAccepted)("a %s of %s", async (type, json, value) => {
    const answer = await post(`{"${type}": ${json}}`);
    expect([answer.status, await answer.json()]).toEqual([200, { ...nothing, [type]: value }]);
  });

  it.concurrent.each(jsonRefused)("no %s of %s", async (type, json, message) => {
    const answer = await post(`{"${type}": ${json}}`);
    expect([answer.status, (await answer.json()).errors]).toEqual([422, [{ path: `body.${type}`, message }]]);
  });

  it.concurrent("nothing, an explicit null, and keys that nobody asked for", async () => {
    for (const body of ["", "{}", '{"string": null}', '{"other": [1], "__proto__": {"string": "x"}}']) {
      const answer = await post(body);
      expect([answer.status, await answer.json()]).toEqual([200, nothing]);
    }
  });

  it.concurrent("unicode, lone surrogates and U+0000 unchanged", async () => {
    const text = "Zürich 東京 🎉 \ud83d \u0000 end";
    const answer = await project.post("/body", { string: text });
    expect((await answer.json()).string).toBe(text);
  });
});

it.concurrent("lists every input that is wrong, each with its place", async () => {
  await project.deployEndpoint({
    path: "/many/{a}",
    inputs: {
      a: { type: "integer", origin: "path" },
      b: { type: "boolean", origin: "query" },
      X_C: { type: "float", origin: "header" },
      d: { type: "string", origin: "cookie" },
      e: { type: "enum", origin: "body", enum_values: ["x"] },
      f: { type: "string", optional: true },
    },
  });
  const answer = await project.post("/many/one?b=2", { e: "y" }, { headers: { "x-c": "wide" } });
  const problem = await answer.json();
  expect(problem.errors).toEqual([
    { path: "path.a", message: "must be a whole number" },
    { path: "query.b", message: "must be true or false" },
    { path: "header.X_C", message: "must be a finite number" },
    { path: "cookie.d", message: "is required" },
    { path: "body.e", message: 'must be one of "x"' },
  ]);
  for (const { path } of problem.errors) expect(problem.message).toContain(path);
});

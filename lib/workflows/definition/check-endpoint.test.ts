import { describe, expect, it } from "vitest";
import { checkDefinition } from "./check";
import { isValid, problemCodes } from "./problems";
import { endpoint, endpointKinds, library, type WrongDefinition } from "./testing";

const cases: WrongDefinition[] = [
  [
    "dynamicOutputTwice",
    "two inputs of one name",
    endpoint({}, [
      { name: "x", type: "string" },
      { name: "x", type: "file" },
    ]),
    "nodes.api.dynamicOutputs.1",
    /two inputs named “x”/,
  ],
  [
    "dynamicOutputTwice",
    "two headers that differ in case only",
    endpoint({}, [
      { name: "X_Y", type: "string", origin: "header" },
      { name: "x-y", type: "string", origin: "header" },
    ]),
    "nodes.api.dynamicOutputs.1",
    /two inputs/,
  ],
  [
    "enumWithoutValues",
    "an enum without values",
    endpoint({}, [{ name: "x", type: "enum" }]),
    "nodes.api.dynamicOutputs.0",
    /without values/,
  ],
  [
    "ioSchema",
    "a schema with a mistake",
    endpoint({}, [{ name: "x", type: "object", schema: { properties: { a: { type: "text" } } } }]),
    "nodes.api.dynamicOutputs.0",
    /schema of “x” must be one of null, .* at properties.a.type/,
  ],
  [
    "ioSchema",
    "a schema of a text",
    endpoint({}, [{ name: "x", type: "string", schema: {} }]),
    "nodes.api.dynamicOutputs.0",
    /schema of “x” must be left out/,
  ],
  [
    "pathParameter",
    "a structure in a query",
    endpoint({}, [{ name: "x", type: "array", origin: "query" }]),
    "nodes.api.dynamicOutputs.0",
    /“x” is structured \(array\), which can only come in the body/,
  ],
  [
    "pathParameter",
    "a path parameter without an input",
    endpoint({ path: { static: "/x/{id}" } }),
    "nodes.api.inputs.path",
    /\{id\} has no input/,
  ],
  [
    "pathParameter",
    "a path input without a parameter",
    endpoint({}, [{ name: "id", type: "string", origin: "path" }]),
    "nodes.api.dynamicOutputs.0",
    /no parameter \{id\}/,
  ],
  [
    "pathParameter",
    "an optional path parameter",
    endpoint({ path: { static: "/{id}" } }, [{ name: "id", type: "string", optional: true }]),
    "nodes.api.dynamicOutputs.0",
    /cannot be optional/,
  ],
  [
    "pathParameter",
    "a file in a header",
    endpoint({}, [{ name: "x", type: "file", origin: "header" }]),
    "nodes.api.dynamicOutputs.0",
    /only come in the body/,
  ],
  [
    "pathParameter",
    "a header with a meaning of its own",
    endpoint({}, [{ name: "Authorization", type: "string", origin: "header" }]),
    "nodes.api.dynamicOutputs.0",
    /meaning of its own/,
  ],
  [
    "bodyWithoutBody",
    "a body of a GET",
    endpoint({ method: { static: "GET" } }, [{ name: "x", type: "string", origin: "body" }]),
    "nodes.api.dynamicOutputs.0",
    /GET calls have no body/,
  ],
  [
    "successStatus",
    "202",
    endpoint({ success_status_code: { static: "202" } }),
    "nodes.api.inputs.success_status_code",
    /202 is reserved/,
  ],
  [
    "successStatus",
    "another status",
    endpoint({ success_status_code: { static: "204" } }),
    "nodes.api.inputs.success_status_code",
    /must be 200 or 201/,
  ],
  ["pathTemplate", "no path", endpoint({ path: { static: "" } }), "nodes.api.inputs.path", /Give the endpoint a path/],
  [
    "pathTemplate",
    "a path with a blank",
    endpoint({ path: { static: "/a b" } }),
    "nodes.api.inputs.path",
    /neither plain text nor a parameter/,
  ],
  [
    "pathTemplate",
    "half a parameter",
    endpoint({ path: { static: "/a{b}" } }),
    "nodes.api.inputs.path",
    /neither plain text nor a parameter/,
  ],
  [
    "pathTemplate",
    "a parameter twice",
    endpoint({ path: { static: "/{a}/{a}" } }, [{ name: "a", type: "string" }]),
    "nodes.api.inputs.path",
    /\{a\} stands twice/,
  ],
  [
    "pathTemplate",
    "where the docs are",
    endpoint({ path: { static: "/docs/" } }),
    "nodes.api.inputs.path",
    /shows the project's API/,
  ],
  [
    "endpointSetting",
    "a method that is none",
    endpoint({ method: { static: "FETCH" } }),
    "nodes.api.inputs.method",
    /must be one of GET/,
  ],
  [
    "endpointSetting",
    "a time-out that is no number",
    endpoint({ async_reply_timeout: { static: "soon" } }),
    "nodes.api.inputs.async_reply_timeout",
    /number of seconds/,
  ],
  [
    "endpointSetting",
    "a setting out of a variable",
    endpoint({ path: { variable: "TEXT" } }),
    "nodes.api.inputs.path",
    /must be fixed values/,
  ],
];

describe("finds", () => {
  it.each(cases)("%s: %s", (kind, _, wrong, place, message) => {
    const problems = checkDefinition(wrong, library);
    expect(problems).toContainEqual({
      code: problemCodes[kind],
      severity: "error",
      path: place,
      message: expect.stringMatching(message),
    });
    expect(isValid(problems)).toBe(false);
  });
});

it("has a case for each kind of problem", () => {
  const covered = new Set(cases.map(([kind]) => kind));
  expect(endpointKinds.filter((kind) => !covered.has(kind))).toEqual([]);
});

import { describe, expect, it } from "vitest";
import { checkDefinition } from "./check";
import { isValid, type ProblemKind, problemCodes } from "./problems";
import type { Definition } from "./schema";
import { api, definition, endpointKinds, entries, library, link, one, take, type WrongDefinition } from "./testing";

it("finds nothing wrong with what is right", () => {
  const good = definition(
    [
      api({ path: { static: "/x/{id}" } }, [{ name: "id", type: "string" }]),
      take("a", link("api", "id")),
      take("b", link("a", "text"), { count: link("a", "count") }),
    ],
    [
      ["api", "a"],
      ["a", "b"],
    ],
    entries(["out", "b", "text"], ["in", "api", "id"]),
  );
  expect(checkDefinition(good, library)).toEqual([]);
});

const cases: WrongDefinition[] = [
  [
    "cycle",
    "a cycle",
    definition(
      [api(), take("a"), take("b")],
      [
        ["api", "a"],
        ["a", "b"],
        ["b", "a"],
      ],
    ),
    "edges",
    /a, b lead back to themselves/,
  ],
  [
    "cycle",
    "a step that leads to itself",
    definition(
      [api(), take("a")],
      [
        ["api", "a"],
        ["a", "a"],
      ],
    ),
    "edges",
    /a lead back/,
  ],
  ["noTrigger", "no node", definition([], []), "nodes", /no trigger/],
  ["noTrigger", "only actions", definition([take("a")], []), "nodes", /no trigger/],
  [
    "severalTriggers",
    "two triggers",
    definition([api(), { id: "hand", use: "manual" }], []),
    "nodes.hand",
    /exactly one trigger/,
  ],
  [
    "notConnected",
    "an island",
    definition(
      [api(), take("a"), take("b"), take("c")],
      [
        ["api", "a"],
        ["b", "c"],
      ],
    ),
    "nodes.c",
    /cannot be reached/,
  ],
  ["noUpstream", "an action that nothing leads to", definition([api(), take("a")], []), "nodes.a", /would never run/],
  [
    "triggerWithUpstream",
    "an edge back to the trigger",
    definition([api(), take("a")], [["a", "api"]]),
    "nodes.api",
    /no step may lead to it/,
  ],
  ["input", "a required input unset", one({ id: "a", use: "take" }), "nodes.a.inputs.text", /needs a value/],
  ["input", "a required input of null", one(take("a", { static: null })), "nodes.a.inputs.text", /needs a value/],
  ["input", "a value of another type", one(take("a", { static: 5 })), "nodes.a.inputs.text", /must be a string/],
  [
    "input",
    "a value outside its enum",
    one(take("a", { static: "x" }, { mode: { static: "b" } })),
    "nodes.a.inputs.mode",
    /must be one of "a"/,
  ],
  [
    "input",
    "a link to a step that is not there",
    one(take("a", link("gone", "text"))),
    "nodes.a.inputs.text",
    /gone, which does not exist/,
  ],
  [
    "input",
    "a link to an output that is not there",
    one(take("a", link("api", "gone"))),
    "nodes.a.inputs.text",
    /no such output/,
  ],
  [
    "input",
    "a link to what is not upstream",
    definition(
      [api(), take("a"), take("b", link("a", "text"))],
      [
        ["api", "a"],
        ["api", "b"],
      ],
    ),
    "nodes.b.inputs.text",
    /does not come before/,
  ],
  ["input", "a link to itself", one(take("a", link("a", "text"))), "nodes.a.inputs.text", /does not come before/],
  [
    "input",
    "a link of another type",
    definition(
      [api(), take("a"), take("b", link("a", "count"))],
      [
        ["api", "a"],
        ["a", "b"],
      ],
    ),
    "nodes.b.inputs.text",
    /is a string, but a.count is an integer/,
  ],
  [
    "input",
    "a folder for a file",
    definition(
      [api(), take("a"), { id: "b", use: "take-file", inputs: { file: link("a", "folder") } }],
      [
        ["api", "a"],
        ["a", "b"],
      ],
    ),
    "nodes.b.inputs.file",
    /is a file, but a.folder is a directory/,
  ],
  [
    "input",
    "a variable that is not there",
    one(take("a", { variable: "GONE" })),
    "nodes.a.inputs.text",
    /GONE, which does not exist/,
  ],
  [
    "input",
    "a value that its schema does not take",
    one({ id: "o", use: "order", inputs: { order: { static: { count: 1.5 } } } }),
    "nodes.o.inputs.order",
    /must be a whole number at count/,
  ],
  [
    "input",
    "a text for a structure",
    definition(
      [api(), take("a"), { id: "o", use: "order", inputs: { order: link("a", "text") } }],
      [
        ["api", "a"],
        ["a", "o"],
      ],
    ),
    "nodes.o.inputs.order",
    /is an object, but a.text is a string/,
  ],
  [
    "input",
    "a variable of another type",
    one(take("a", { variable: "NUMBER" })),
    "nodes.a.inputs.text",
    /the variable NUMBER is an integer/,
  ],
  [
    "input",
    "a file for a text",
    one(take("a", { file: { blob: "0".repeat(64), size: 1, name: "x" } })),
    "nodes.a.inputs.text",
    /not a file/,
  ],
  [
    "input",
    "a text for a file",
    one({ id: "a", use: "take-file", inputs: { file: { static: "x.csv" } } }),
    "nodes.a.inputs.file",
    /must be an uploaded file/,
  ],
  ["input", "a password for a text", one(take("a", { sealed: true })), "nodes.a.inputs.text", /not a password/],
  [
    "resultKey",
    "a result without a key",
    definition([api()], [], entries([" ", "api", "x"])),
    "results.entries.0",
    /needs a key/,
  ],
  [
    "resultKey",
    "a result key twice",
    definition([api({}, [{ name: "x", type: "string" }])], [], entries(["k", "api", "x"], ["k", "api", "x"])),
    "results.entries.1",
    /“k” stands twice/,
  ],
  [
    "resultOutput",
    "a result of no output",
    definition([api()], [], entries(["k", "api", "gone"])),
    "results.entries.0",
    /no such output/,
  ],
  [
    "resultOutput",
    "a result of no step",
    definition([api()], [], entries(["k", "gone", "x"])),
    "results.entries.0",
    /no such output/,
  ],
  [
    "fileResult",
    "a text as file result",
    definition([api(), take("a")], [["api", "a"]], { kind: "file", node: "a", output: "text" }),
    "results",
    /a.text is a string, not a file/,
  ],
  [
    "unknownAction",
    "an action that is not in the library",
    one({ id: "a", use: "gone" }),
    "nodes.a.action",
    /gone@1.0, which is not in the library/,
  ],
  [
    "notBuilt",
    "an action that is being built",
    one({ id: "a", use: "building" }),
    "nodes.a.action",
    /still being built/,
  ],
  ["notBuilt", "an action whose build failed", one({ id: "a", use: "broken" }), "nodes.a.action", /its build failed/],
  [
    "unsupportedLanguage",
    "C#",
    one({ id: "a", use: "csharp" }),
    "nodes.a.action",
    /csharp-dotnet6, which cannot be run/,
  ],
  [
    "nodeTwice",
    "one id twice",
    definition([api(), take("a"), take("a")], [["api", "a"]]),
    "nodes.a",
    /two steps with the id a/,
  ],
  [
    "unknownNode",
    "an edge to nowhere",
    definition([api()], [["api", "gone"]]),
    "edges.0",
    /gone, which does not exist/,
  ],
  [
    "otherWorkflow",
    "a workflow to run that is not there",
    one({ id: "o", use: "run-workflow", inputs: { workflow: { static: "Nobody" } } }),
    "nodes.o.inputs.workflow",
    /There is no workflow “Nobody”/,
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

const warnings: [kind: ProblemKind, what: string, odd: Definition, place: string][] = [
  [
    "unknownInput",
    "an input that the action does not have",
    one(take("a", { static: "x" }, { more: { static: 1 } })),
    "nodes.a.inputs.more",
  ],
  [
    "input",
    "a structure without the schema that is wanted",
    definition(
      [api({}, [{ name: "o", type: "object" }]), { id: "o", use: "order", inputs: { order: link("api", "o") } }],
      [["api", "o"]],
    ),
    "nodes.o.inputs.order",
  ],
  [
    "input",
    "a text that may not be of the enum",
    definition(
      [api({}, [{ name: "t", type: "string" }]), take("a", { static: "x" }, { mode: link("api", "t") })],
      [["api", "a"]],
    ),
    "nodes.a.inputs.mode",
  ],
];

describe("warns of", () => {
  it.each(warnings)("%s: %s", (kind, _, odd, place) => {
    const problems = checkDefinition(odd, library);
    expect(problems).toEqual([
      { code: problemCodes[kind], severity: "warning", path: place, message: expect.any(String) },
    ]);
    expect(isValid(problems)).toBe(true);
  });
});

describe("accepts", () => {
  it.each([
    ["text types for one another", link("api", "long")],
    ["a variable of its type", { variable: "TEXT" }],
  ])("%s", (_, source) => {
    const fine = definition([api({}, [{ name: "long", type: "longstring" }]), take("a", source)], [["api", "a"]]);
    expect(checkDefinition(fine, library)).toEqual([]);
  });

  it("a password out of a text, and any upstream output at any distance", () => {
    const fine = definition(
      [
        api({}, [{ name: "t", type: "string" }]),
        take("a", link("api", "t")),
        take("b", link("a", "text")),
        { id: "c", use: "secret", inputs: { key: link("a", "text") } },
      ],
      [
        ["api", "a"],
        ["a", "b"],
        ["b", "c"],
      ],
    );
    expect(checkDefinition(fine, library)).toEqual([]);
  });

  it.each(["manual", "mailbox-node"])("a trigger alone: %s", (use) => {
    expect(checkDefinition(definition([{ id: "alone", use }], []), library)).toEqual([]);
  });

  it("a thousand steps in a chain, in well under a second", () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `s${index}`);
    const nodes = ids.map((id, index) => take(id, index === 0 ? { static: "x" } : link(`s${index - 1}`, "text")));
    const edges = ids.map((id, index): [string, string] => [index === 0 ? "api" : `s${index - 1}`, id]);
    // The processor's time: what else the machine does is no part of it.
    const begun = process.cpuUsage();
    expect(checkDefinition(definition([api(), ...nodes], edges), library)).toEqual([]);
    expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(1_000);
  });
});

it("has a case for each kind of problem", () => {
  const covered = new Set<string>([...cases, ...warnings].map(([kind]) => kind));
  // Whether another live workflow has the endpoint is a question to the database: tests/api asks it.
  const elsewhere: ProblemKind[] = [...endpointKinds, "clockSetting"];
  const others = Object.keys(problemCodes).filter((kind) => !elsewhere.includes(kind as ProblemKind));
  expect(others.filter((kind) => !covered.has(kind))).toEqual(["endpointClash"]);
});

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readMetadata } from "@/lib/actions/metadata";
import { checkDefinition } from "./check";
import { checkClock } from "./check-clock";
import { actionKey, type Library } from "./library";
import { buildPlan } from "./plan";
import { Problems } from "./problems";
import { definitionSchema } from "./schema";

const clocks = ["emitevery", "crongw", "one-run"].map((id) => {
  const { interface: read } = readMetadata(readFileSync(`actions/${id}/ryax_metadata.yaml`, "utf8"));
  if (!read) throw new Error(`${id} is not valid`);
  return read;
});
const library: Library = {
  actions: new Map(
    clocks.map((described) => [actionKey(described), { versionId: "act_1", state: "built", interface: described }]),
  ),
  workflows: new Map(),
  variables: new Map([["ZONE", "string"]]),
};

function clock(use: string, inputs: Record<string, unknown>) {
  const sources = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, { static: value }]));
  return definitionSchema.parse({ nodes: [{ id: "clock", action: { id: use, version: "1.0" }, inputs: sources }] });
}

it.each([
  ["emitevery", {}, { kind: "every", seconds: 5 }],
  ["emitevery", { seconds: 0.5, minutes: 1.5, hours: 1, days: 2 }, null],
  ["emitevery", { seconds: 30, minutes: 1.5, hours: 1, days: 2 }, { kind: "every", seconds: 176_520 }],
  ["crongw", { foreach: "@daily" }, { kind: "cron", expression: "@daily" }],
  ["one-run", {}, { kind: "once", at: null }],
  ["one-run", { at: "2027-01-31T18:00", timezone: "Europe/Paris" }, { kind: "once", at: "2027-01-31T17:00:00.000Z" }],
])("%s with %j is read as it is meant", async (use, inputs, timing) => {
  const definition = clock(use, inputs);
  const problems = checkDefinition(definition, library);
  expect(problems.length > 0).toBe(timing === null);
  if (timing)
    expect((await buildPlan(definition, library, async () => ({ variable: "" }))).clock?.timing).toEqual(timing);
});

it.each([
  ["emitevery", { seconds: 0 }, "seconds", /at least one second/],
  ["emitevery", { seconds: 1.5 }, "seconds", /whole seconds/],
  ["emitevery", { minutes: -1 }, "minutes", /from 0/],
  ["crongw", { foreach: "* * *" }, "foreach", /3 fields/],
  ["crongw", { foreach: "@daily", timezone: "Mars" }, "timezone", /no time zone/],
  ["crongw", { foreach: "@daily", jitter: -1 }, "jitter", /from 0/],
  ["one-run", { at: "soon" }, "at", /a time such as/],
])("%s with %j is told so at its field", (use, inputs, field, message) => {
  expect(checkDefinition(clock(use, inputs), library)).toContainEqual({
    code: "219",
    severity: "error",
    path: `nodes.clock.inputs.${field}`,
    message: expect.stringMatching(message),
  });
});

it("a setting that is not fixed is refused: the schedule is made before any run", () => {
  const definition = clock("crongw", { foreach: "@daily" });
  const [node] = definition.nodes;
  if (node) node.inputs.timezone = { variable: "ZONE" };
  expect(checkDefinition(definition, library)).toContainEqual(
    expect.objectContaining({ path: "nodes.clock.inputs.timezone", message: expect.stringMatching(/fixed values/) }),
  );
});

it("packages from elsewhere, which lack our own settings, have their defaults", () => {
  const theirs = clocks[1];
  if (!theirs) throw new Error("no crongw");
  const ryax = { ...theirs, inputs: theirs.inputs.filter((input) => input.name === "foreach") };
  const [node] = clock("crongw", { foreach: "@hourly" }).nodes;
  const problems = new Problems();
  expect(node && checkClock(node, ryax, problems)).toEqual({
    timing: { kind: "cron", expression: "@hourly" },
    timeZone: "UTC",
    jitterSeconds: 0,
    missed: "run_once",
    missedWindowSeconds: 86_400,
    overlap: "allow",
  });
  expect(problems.list).toEqual([]);
});

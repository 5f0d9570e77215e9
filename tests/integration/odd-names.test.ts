import { beforeAll, expect, it } from "vitest";
import { importWorkflowContract } from "@/lib/workflows/contract";
import { TestProject } from "../support/project";

/** Names that mean something to JavaScript's objects, and nothing to their users. */
const names = [
  "constructor",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "isPrototypeOf",
  "__proto__",
  "then",
  "length",
  "from",
  "class",
];

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.create();
  const ios = Object.fromEntries(
    names.filter((name) => name !== "__proto__").map((name) => [name, { type: "string" as const, optional: true }]),
  );
  await project.pushCode(
    {
      id: "pass-names",
      inputs: ios,
      outputs: ios,
      code: "def handle(i): return {name: value + '!' for name, value in i.items() if value is not None}\n",
    },
    {
      id: "pass-names-node",
      type: "nodejs",
      inputs: ios,
      outputs: ios,
      code: "module.exports = (i) => Object.fromEntries(Object.entries(i).filter(([, v]) => v !== null).map(([n, v]) => [n, v + '!']));\n",
    },
  );
});

const usable = names.filter((name) => name !== "__proto__");

it.concurrent.each(["pass-names", "pass-names-node"])(
  "inputs and outputs of %s bear them, given or not",
  async (use) => {
    const input = { type: "string" as const, optional: true };
    await project.deployEndpoint({
      path: `/${use}`,
      inputs: Object.fromEntries(usable.map((name) => [name, input])),
      steps: { only: { use, with: Object.fromEntries(usable.map((name) => [name, `=api.${name}`])) } },
      results: Object.fromEntries(usable.map((name) => [name, `only.${name}`])),
    });
    const all = await project.post(`/${use}`, Object.fromEntries(usable.map((name) => [name, name])));
    expect(await all.json()).toEqual(Object.fromEntries(usable.map((name) => [name, `${name}!`])));
    const none = await project.post(`/${use}`, {});
    expect([none.status, await none.json()]).toEqual([200, Object.fromEntries(usable.map((name) => [name, null]))]);
    const byQuery = await project.start(
      (await project.api(importWorkflowContract, { query: { deploy: true }, body: manual(use) })).id,
      {},
      20,
    );
    expect(byQuery).toMatchObject({ state: "completed" });
  },
);

function manual(use: string): string {
  const outputs = usable.map((name) => ({ name, type: "string", optional: true }));
  const functions = [
    { id: "api", from: "manual", outputs, streams_to: ["only"] },
    { id: "only", from: use, inputs_values: Object.fromEntries(usable.map((name) => [name, `=api.${name}`])) },
  ];
  return JSON.stringify({ kind: "Workflows", spec: { human_name: use, functions } });
}

it.concurrent("steps bear them", async () => {
  const functions = [
    { id: "api", from: "manual", streams_to: names },
    ...names.map((id) => ({
      id,
      from: "pass-names",
      inputs_values: { from: id },
      retry: { max_attempts: 2 },
      streams_to: [],
    })),
  ];
  const results = usable.map((id) => ({ key: id, value: `=${id}.from` }));
  const body = JSON.stringify({ kind: "Workflows", spec: { human_name: "Odd steps", functions, results } });
  const { id } = await project.api(importWorkflowContract, { query: { deploy: true }, body });
  const run = await project.endedRun((await project.start(id, {}, 20)).id);
  expect([run.state, run.error]).toEqual(["completed", null]);
  expect(run.steps.slice(1).map((step) => [step.node, step.state, step.outputs?.from])).toEqual(
    names.map((name) => [name === "__proto__" ? expect.any(String) : name, "completed", `${name}!`]),
  );
});

import type { ActionInterface } from "@/lib/actions/interface";
import { noNetwork } from "@/lib/actions/network";
import type { IoType } from "@/lib/values/types";
import type { Library, LibraryAction } from "./library";
import type { ProblemKind } from "./problems";
import { type Definition, definitionSchema } from "./schema";

/** What the tests of the checks are made of: a small library, and definitions in few words. */

type Io = IoType | ({ type: IoType } & Partial<ActionInterface["inputs"][number]>);

const orderSchema = { properties: { count: { type: "integer" } } };

function ioOf(declared: Record<string, Io>): ActionInterface["inputs"] {
  return Object.entries(declared).map(([name, io]) => ({
    name,
    humanName: "",
    help: "",
    optional: false,
    ...(typeof io === "string" ? { type: io } : io),
  }));
}

function action(
  id: string,
  inputs: Record<string, Io>,
  outputs: Record<string, Io>,
  more: Partial<ActionInterface> & { state?: LibraryAction["state"] } = {},
): [string, LibraryAction] {
  const { state = "built", ...described } = more;
  const full: ActionInterface = {
    id,
    version: "1.0",
    kind: "action",
    humanName: id,
    description: "",
    type: "python3",
    language: "python",
    entry: "ryax_handler.py",
    categories: [],
    logo: null,
    inputs: ioOf(inputs),
    outputs: ioOf(outputs),
    dynamicOutputs: false,
    resources: {},
    network: noNetwork,
    folders: false,
    isolation: "reuse",
    pythonVersion: null,
    extraRequirements: [],
    addons: {},
    ...described,
  };
  return [`${id}@1.0`, { versionId: `act_${id}`, state, interface: full }];
}

const trigger = { kind: "trigger", dynamicOutputs: true, language: "internal" } as const;
const settings = {
  path: "string",
  summary: { type: "string", defaultValue: "" },
  method: { type: "enum", defaultValue: "POST" },
  success_status_code: { type: "enum", defaultValue: "200" },
  async_reply_timeout: { type: "float", defaultValue: 20 },
} satisfies Record<string, Io>;

export const library: Library = {
  actions: new Map([
    action("httpapijson", settings, {}, trigger),
    action("manual", {}, {}, trigger),
    action("mailbox", {}, {}, { ...trigger, language: "python" }),
    action("mailbox-node", {}, {}, { ...trigger, language: "node", type: "nodejs" }),
    action(
      "take",
      {
        text: "string",
        mode: { type: "enum", enumValues: ["a"], optional: true },
        count: { type: "integer", optional: true },
      },
      { text: "string", file: "file", count: "integer", folder: "directory" },
    ),
    action(
      "order",
      { order: { type: "object", schema: orderSchema } },
      { order: { type: "object", schema: orderSchema }, any: "object" },
    ),
    action("secret", { key: "password" }, {}),
    action("take-file", { file: "file" }, { file: "file" }),
    action("run-workflow", { workflow: "string" }, {}, { language: "internal" }),
    action("building", {}, {}, { state: "building" }),
    action("broken", {}, {}, { state: "failed" }),
    action("csharp", {}, {}, { language: "unsupported", type: "csharp-dotnet6" }),
  ]),
  workflows: new Map([["wf_1", { name: "Other", inputs: null }]]),
  variables: new Map<string, IoType>([
    ["TEXT", "string"],
    ["NUMBER", "integer"],
  ]),
};

type Node = { id: string; use: string; inputs?: object; dynamicOutputs?: object[] };

export function definition(
  nodes: Node[],
  edges: [string, string][],
  results: object = { kind: "json", entries: [] },
): Definition {
  return definitionSchema.parse({
    nodes: nodes.map(({ use, ...node }) => ({ ...node, action: { id: use, version: "1.0" } })),
    edges: edges.map(([from, to]) => ({ from, to })),
    results,
  });
}

export const api = (inputs: object = {}, dynamicOutputs: object[] = []): Node => ({
  id: "api",
  use: "httpapijson",
  inputs: { path: { static: "/x" }, ...inputs },
  dynamicOutputs,
});
export const take = (id: string, text: object = { static: "x" }, more: object = {}): Node => ({
  id,
  use: "take",
  inputs: { text, ...more },
});
export const link = (node: string, output: string) => ({ link: { node, output } });
export const entries = (...list: [key: string, node: string, output: string][]) => ({
  kind: "json",
  entries: list.map(([key, node, output]) => ({ key, node, output })),
});
export const one = (node: Node): Definition => definition([api(), node], [["api", node.id]]);
export const endpoint = (inputs: object, dynamicOutputs: object[] = []) =>
  definition([api(inputs, dynamicOutputs)], []);

/** A kind of problem, what is wrong, its place and a part of what is said. */
export type WrongDefinition = [kind: ProblemKind, what: string, wrong: Definition, place: string, message: RegExp];

/** The kinds that only an HTTP API trigger can have. */
export const endpointKinds: ProblemKind[] = [
  "dynamicOutputTwice",
  "enumWithoutValues",
  "ioSchema",
  "pathParameter",
  "bodyWithoutBody",
  "successStatus",
  "pathTemplate",
  "endpointSetting",
];

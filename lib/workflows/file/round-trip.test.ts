import { describe, expect, it } from "vitest";
import { type Definition, definitionSchema } from "../definition/schema";
import { library } from "../definition/testing";
import { readWorkflowFile } from "./read";
import { resolveWorkflowFile, type StoredFiles } from "./resolve";
import { writeWorkflowFile } from "./write";

function readBack(yaml: string, files: StoredFiles = new Map()) {
  const { file, problems } = readWorkflowFile(yaml, "workflow.yaml");
  if (!file) throw new Error(JSON.stringify(problems));
  const resolved = resolveWorkflowFile(file, "workflow.yaml", library, files);
  const { definition } = resolved;
  if (!definition) throw new Error(JSON.stringify(resolved.problems));
  return {
    definition,
    name: file.name,
    description: file.description,
    tags: file.tags,
    problems: [...problems, ...resolved.problems],
  };
}

const about = { name: "no", description: "Two lines\n# of text", tags: ["1.0", "näch #1", "no"] };
const blob = "a".repeat(64);

const full: Definition = definitionSchema.parse({
  nodes: [
    {
      id: "api",
      name: "The door: #1 'quoted'",
      action: { id: "httpapijson", version: "1.0" },
      inputs: {
        path: { static: "/weather/{city}" },
        method: { static: "PUT" },
        summary: { static: "yes" },
        success_status_code: { static: "201" },
        async_reply_timeout: { static: -1.5 },
      },
      dynamicOutputs: [
        {
          name: "order",
          humanName: "order",
          type: "object",
          schema: { properties: { on: { enum: ["yes", null, 1] } }, required: ["on"] },
        },
        { name: "city", humanName: "City", help: "Where:\n- here", type: "string", origin: "path" },
        {
          name: "mode",
          humanName: "mode",
          type: "enum",
          enumValues: ["on", "off", "1"],
          optional: true,
          origin: "header",
        },
        { name: "data", humanName: "data", type: "file" },
      ],
      ui: { x: -10.5, y: 0 },
    },
    {
      id: "take-1",
      action: { id: "take", version: "1.0" },
      inputs: { text: { link: { node: "api", output: "city" } }, count: { static: 7 }, mode: { static: null } },
      retry: { maxAttempts: 3, backoffSeconds: 0.5, backoffFactor: 3, maxBackoffSeconds: 60 },
      addons: { hpc: { username: "me" } },
    },
    {
      id: "take_2",
      action: { id: "take", version: "1.0" },
      inputs: { text: { static: "=api.city" }, mode: { static: "a" } },
    },
    { id: "take_3", action: { id: "take", version: "1.0" }, inputs: { text: { variable: "TEXT" } } },
    {
      id: "file",
      action: { id: "take-file", version: "1.0" },
      inputs: { file: { file: { blob, size: 3, name: "ü map.csv" } } },
    },
  ],
  edges: [
    { from: "api", to: "take-1" },
    { from: "api", to: "take_2" },
    { from: "take-1", to: "take_3" },
    { from: "take_2", to: "take_3" },
    { from: "take_3", to: "file" },
  ],
  results: {
    kind: "json",
    entries: [
      { key: "on", node: "take-1", output: "text" },
      { key: "a: b", node: "api", output: "city" },
    ],
  },
});

describe("what is written", () => {
  it("is read back as it was", () => {
    const written = writeWorkflowFile(about, full);
    expect(written.files).toEqual([{ path: "files/file/file/ü map.csv", blob }]);
    const files: StoredFiles = new Map(written.files.map(({ path }) => [path, { blob, size: 3, name: "ü map.csv" }]));
    const read = readBack(written.yaml, files);
    expect(read.problems).toEqual([]);
    expect(read).toMatchObject(about);
    expect(read.definition).toEqual(full);
    // And once more: one form is written.
    expect(writeWorkflowFile(about, read.definition)).toEqual(written);
  });

  it("is read back with a file for a result", () => {
    const definition = { ...full, results: { kind: "file" as const, node: "file", output: "file" } };
    const { yaml } = writeWorkflowFile({ ...about, name: "x" }, definition);
    const files: StoredFiles = new Map([["files/file/file/ü map.csv", { blob, size: 3, name: "ü map.csv" }]]);
    expect(readBack(yaml, files).definition).toEqual(definition);
  });

  it("leaves passwords out, and names them", () => {
    const secret = { id: "s", action: { id: "secret", version: "1.0" }, inputs: { key: { sealed: "c2VhbGVk" } } };
    const definition = definitionSchema.parse({ nodes: [secret], edges: [] });
    const written = writeWorkflowFile({ ...about, name: "x" }, definition);
    expect(written.omitted).toEqual(["s.key"]);
    expect(written.yaml).not.toContain("c2VhbGVk");
    expect(readBack(written.yaml).definition.nodes[0]?.inputs).toEqual({ key: { static: "" } });
  });

  it("loses no structure that looks like something else", () => {
    const structures = [
      { link: "api.city" },
      { variable: "X" },
      { file: "a.txt" },
      { value: 1 },
      { a: { link: "x" } },
      [{ value: 1 }],
    ];
    for (const structure of structures) {
      const node = { id: "t", action: { id: "order", version: "1.0" }, inputs: { order: { static: structure } } };
      const definition = definitionSchema.parse({ nodes: [node], edges: [] });
      const read = readBack(writeWorkflowFile({ ...about, name: "x" }, definition).yaml);
      expect(read.definition.nodes[0]?.inputs.order).toEqual({ static: structure });
    }
  });

  it("loses no text that looks like something else", () => {
    const texts = [
      "=api.city",
      "==x",
      "=",
      "yes",
      "1.0",
      "null",
      "~",
      "a: b",
      "# c",
      " blank ",
      "",
      "multi\nline\n",
      "🎉",
    ];
    for (const text of texts) {
      const node = { id: "t", action: { id: "take", version: "1.0" }, inputs: { text: { static: text } } };
      const definition = definitionSchema.parse({ nodes: [node], edges: [] });
      const read = readBack(writeWorkflowFile({ ...about, name: "x" }, definition).yaml);
      expect(read.definition.nodes[0]?.inputs.text).toEqual({ static: text });
    }
  });
});

import { stringify } from "yaml";
import type { Definition, InputSource, WorkflowNode } from "../definition/schema";

/** What a file says of the workflow as a whole. */
export interface WorkflowAbout {
  name: string;
  description: string;
  tags: string[];
}

export interface WrittenWorkflow {
  yaml: string;
  /** Stored files that belong beside it, by their path. */
  files: { path: string; blob: string }[];
  /** Passwords that were left out, as `node.input`. */
  omitted: string[];
}

const looksLikeLink = (text: string) => text.startsWith("=");

const sourceKeys = ["link", "variable", "file", "value"];

/** A structure that would be read back as something else than itself. */
function looksLikeSource(value: unknown): boolean {
  return typeof value === "object" && value !== null && sourceKeys.some((key) => Object.hasOwn(value, key));
}

/** The one form that workflow files are written in; `read.ts` reads it back to the same definition. */
export function writeWorkflowFile(about: WorkflowAbout, definition: Definition): WrittenWorkflow {
  const files: WrittenWorkflow["files"] = [];
  const omitted: string[] = [];
  const sourceOf = (source: InputSource, node: WorkflowNode, input: string): unknown => {
    if ("link" in source) return `=${source.link.node}.${source.link.output}`;
    if ("variable" in source) return { variable: source.variable };
    if ("sealed" in source) {
      omitted.push(`${node.id}.${input}`);
      return "";
    }
    if ("file" in source) {
      const path = `files/${node.id}/${input}/${source.file.name}`;
      files.push({ path, blob: source.file.blob });
      return { file: path };
    }
    if (looksLikeSource(source.static)) return { value: source.static };
    return typeof source.static === "string" && looksLikeLink(source.static) ? `=${source.static}` : source.static;
  };
  const functions = definition.nodes.map((node) => ({
    id: node.id,
    from: node.action.id,
    version: node.action.version,
    ...(node.name && { custom_name: node.name }),
    ...(node.ui && { position: node.ui }),
    inputs_values: Object.fromEntries(
      Object.entries(node.inputs).map(([input, source]) => [input, sourceOf(source, node, input)]),
    ),
    ...(node.addons && { addons_inputs_values: node.addons }),
    ...(node.dynamicOutputs.length > 0 && { outputs: node.dynamicOutputs.map(outputOf) }),
    ...(node.retry && {
      retry: {
        max_attempts: node.retry.maxAttempts,
        backoff_seconds: node.retry.backoffSeconds,
        backoff_factor: node.retry.backoffFactor,
        max_backoff_seconds: node.retry.maxBackoffSeconds,
      },
    }),
    streams_to: definition.edges.filter((edge) => edge.from === node.id).map((edge) => edge.to),
  }));
  const { results } = definition;
  const spec = {
    human_name: about.name,
    description: about.description,
    ...(about.tags.length > 0 && { tags: about.tags }),
    functions,
    ...(results.kind === "file"
      ? { result_file: `=${results.node}.${results.output}` }
      : { results: results.entries.map((entry) => ({ key: entry.key, value: `=${entry.node}.${entry.output}` })) }),
  };
  // YAML 1.1 as Ryax's parser reads it: `on`, `yes` and the like come out quoted.
  const yaml = stringify({ apiVersion: "ryax.tech/v2.0", kind: "Workflows", spec }, { version: "1.1", lineWidth: 0 });
  return { yaml: yaml.replace(/^%YAML 1\.1\n---\n/, ""), files, omitted };
}

function outputOf(output: WorkflowNode["dynamicOutputs"][number]) {
  return {
    name: output.name,
    human_name: output.humanName || output.name,
    help: output.help,
    type: output.type,
    ...(output.origin && { origin: output.origin }),
    optional: output.optional,
    ...(output.enumValues && { enum_values: output.enumValues }),
    ...(output.schema && { schema: output.schema }),
  };
}

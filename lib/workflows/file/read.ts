import { isMap } from "yaml";
import { parseYamlFile } from "@/lib/actions/yaml-lines";
import type { Issue } from "@/lib/errors";
import { triggerKindOf } from "@/lib/triggers/kinds";
import { type RetryPolicy, retrySchema } from "../definition/schema";
import { maxTags, tagsSchema } from "../tags";
import { endpointSettingName } from "./endpoint-settings";
import { type FileOutput, readOutput } from "./read-output";
import { type Fields, isFields, Reader } from "./reader";

/**
 * A workflow file as it was read, before the library is asked about it. Ryax publishes no schema of its files, so
 * several spellings are taken; one is written (`write.ts`). Pure.
 */
export interface FileNode {
  id: string;
  name: string;
  action: string;
  /** Undefined: the newest built one. */
  version: string | undefined;
  inputs: Record<string, unknown>;
  addons: Record<string, Record<string, unknown>>;
  outputs: FileOutput[];
  children: string[];
  retry: RetryPolicy | undefined;
  position: { x: number; y: number } | undefined;
  line: number;
}

export interface WorkflowFile {
  name: string;
  description: string;
  tags: string[];
  nodes: FileNode[];
  results:
    | { kind: "json"; entries: { key: string; value: unknown; line: number }[] }
    | { kind: "file"; value: unknown; line: number };
}

export interface ReadWorkflowFile {
  /** Null when the text cannot be read as a workflow at all. */
  file: WorkflowFile | null;
  problems: Issue[];
}

const nodeKeys = {
  id: ["id"],
  action: ["from", "action_id", "technical_name", "module", "action"],
  version: ["version", "action_version"],
  name: ["custom_name", "name", "human_name"],
  inputs: ["inputs_values", "inputs", "values"],
  addons: ["addons_inputs_values", "addons"],
  outputs: ["outputs", "dynamic_outputs"],
  children: ["streams_to"],
  position: ["position", "position_x", "position_y"],
  retry: ["retry"],
};

export function readWorkflowFile(text: string, fileName: string): ReadWorkflowFile {
  const yaml = parseYamlFile(text, fileName);
  const reader = new Reader(yaml, fileName);
  reader.problems.push(...yaml.problems);
  if (yaml.problems.some((problem) => problem.severity !== "warning")) return { file: null, problems: reader.problems };
  if (!isMap(yaml.document.contents) || !isFields(yaml.value)) {
    reader.error([], "This is not a workflow file: it must be a map with apiVersion, kind and spec.");
    return { file: null, problems: reader.problems };
  }
  const { apiVersion, kind, spec } = yaml.value;
  if (apiVersion !== undefined && !/^ryax\.tech\/v[12](\.\d+)?$/.test(String(apiVersion))) {
    reader.error(["apiVersion"], `apiVersion must be ryax.tech/v2.0, not ${String(apiVersion)}.`);
  }
  if (kind !== "Workflows" && kind !== "Workflow")
    reader.error(["kind"], `kind must be Workflows, not ${String(kind)}.`);
  if (!isFields(spec)) {
    reader.error(["spec"], "There is no spec.");
    return { file: null, problems: reader.problems };
  }
  reader.unknownKeys(yaml.value, ["apiVersion", "kind", "spec"], []);
  return { file: readSpec(reader, spec), problems: reader.problems };
}

const aboutKeys = ["human_name", "name", "description", "tags"];

function readTags(reader: Reader, tags: unknown): string[] {
  if (tags === undefined || tags === null) return [];
  const parsed = tagsSchema.safeParse(Array.isArray(tags) ? tags.map(String) : tags);
  if (parsed.success) return parsed.data;
  reader.error(["spec", "tags"], `tags must be a list of at most ${maxTags} short texts without commas.`);
  return [];
}

function readSpec(reader: Reader, spec: Fields): WorkflowFile {
  const listNames = ["functions", "actions", "modules"];
  reader.unknownKeys(spec, [...aboutKeys, "results", "result_file", ...listNames], ["spec"]);
  const listName = listNames.find((name) => spec[name] !== undefined) ?? "functions";
  const list = spec[listName];
  if (!Array.isArray(list)) reader.error(["spec", listName], "spec.functions must be a list of steps.");
  const nodes = (Array.isArray(list) ? list : []).flatMap((item, index) => {
    const path = ["spec", listName, index];
    if (isFields(item)) return [readNode(reader, item, path)];
    reader.error(path, "A step must be a map.");
    return [];
  });
  const ids = new Set<string>();
  nodes.forEach((node, index) => {
    if (ids.has(node.id)) reader.error(["spec", listName, index, "id"], `There are two steps with the id ${node.id}.`);
    ids.add(node.id);
  });
  return {
    name: reader.text(spec, ["human_name", "name"], "Imported workflow"),
    description: reader.text(spec, ["description"], ""),
    tags: readTags(reader, spec.tags),
    nodes,
    results: readResults(reader, spec),
  };
}

function readNode(reader: Reader, fields: Fields, path: PropertyKey[]): FileNode {
  reader.unknownKeys(fields, Object.values(nodeKeys).flat(), path);
  const id = reader.pick(fields, nodeKeys.id);
  if (id === undefined) reader.error(path, "A step needs an id.");
  const action = reader.pick(fields, nodeKeys.action);
  if (action === undefined) reader.error(path, "A step needs “from”: the id of its action.");
  const inputs = reader.pick(fields, nodeKeys.inputs) ?? {};
  if (!isFields(inputs))
    reader.error([...path, "inputs_values"], "inputs_values must be a map of input names to values.");
  const addons = reader.pick(fields, nodeKeys.addons) ?? {};
  const outputs = reader.pick(fields, nodeKeys.outputs) ?? [];
  const children = reader.pick(fields, nodeKeys.children) ?? [];
  if (!Array.isArray(children)) reader.error([...path, "streams_to"], "streams_to must be a list of step ids.");
  const version = reader.pick(fields, nodeKeys.version);
  const node: FileNode = {
    id: String(id ?? `step${path.at(-1) as number}`),
    name: reader.text(fields, nodeKeys.name, ""),
    action: String(action ?? ""),
    version: version === undefined ? undefined : textOfVersion(reader, version, path),
    inputs: isFields(inputs) ? inputs : {},
    addons: readAddons(addons),
    outputs: Array.isArray(outputs)
      ? outputs.flatMap((output, index) => readOutput(reader, output, [...path, "outputs", index]))
      : [],
    children: Array.isArray(children) ? children.map(String) : [],
    retry: readRetry(reader, fields.retry, [...path, "retry"]),
    position: readPosition(fields),
    line: reader.yaml.lineOf(path),
  };
  if (triggerKindOf(node.action) === "http_api") foldEndpointSettings(node);
  return node;
}

/** `version: 1.0` unquoted is a number whose text is what was meant. */
function textOfVersion(reader: Reader, version: unknown, path: PropertyKey[]): string {
  const node = reader.yaml.document.getIn([...path, "version"], true) as { source?: string } | undefined;
  return typeof version === "number" && node?.source ? node.source : String(version);
}

function readAddons(addons: unknown): FileNode["addons"] {
  if (!isFields(addons)) return {};
  return Object.fromEntries(Object.entries(addons).map(([name, values]) => [name, isFields(values) ? values : {}]));
}

/** Ryax keeps an endpoint's path among its addon's values, and its screens' names differ from its keys. */
function foldEndpointSettings(node: FileNode): void {
  const settings: Record<string, unknown> = {};
  for (const [name, value] of [...Object.values(node.addons).flatMap(Object.entries), ...Object.entries(node.inputs)]) {
    settings[endpointSettingName(name) ?? name] = value;
  }
  if (settings.success_status_code !== undefined) settings.success_status_code = String(settings.success_status_code);
  if (Array.isArray(settings.tags)) settings.tags = settings.tags.join(", ");
  if (typeof settings.method === "string") settings.method = settings.method.toUpperCase();
  node.inputs = settings;
  node.addons = {};
}

function readRetry(reader: Reader, retry: unknown, path: PropertyKey[]): RetryPolicy | undefined {
  if (retry === undefined || retry === null) return undefined;
  const fields = isFields(retry) ? retry : {};
  const parsed = retrySchema.safeParse({
    maxAttempts: fields.max_attempts,
    backoffSeconds: fields.backoff_seconds,
    backoffFactor: fields.backoff_factor,
    maxBackoffSeconds: fields.max_backoff_seconds,
  });
  if (parsed.success) return parsed.data;
  reader.error(
    path,
    "retry must be a map with max_attempts (1 to 100) and, if wanted, backoff_seconds, backoff_factor and max_backoff_seconds.",
  );
  return undefined;
}

function readPosition(fields: Fields): FileNode["position"] {
  const source = isFields(fields.position) ? fields.position : { x: fields.position_x, y: fields.position_y };
  const x = Number(source.x);
  const y = Number(source.y);
  return Number.isFinite(x) && Number.isFinite(y) && source.x !== undefined ? { x, y } : undefined;
}

function readResults(reader: Reader, spec: Fields): WorkflowFile["results"] {
  if (spec.result_file !== undefined && spec.result_file !== null) {
    const path = ["spec", "result_file"];
    if (spec.results !== undefined) reader.error(path, "A workflow answers either a file or JSON results, not both.");
    return { kind: "file", value: spec.result_file, line: reader.yaml.lineOf(path) };
  }
  const { results } = spec;
  const lineOf = (place: PropertyKey) => reader.yaml.lineOf(["spec", "results", place]);
  if (results === undefined || results === null) return { kind: "json", entries: [] };
  if (isFields(results)) {
    const entries = Object.entries(results).map(([key, value]) => ({ key, value, line: lineOf(key) }));
    return { kind: "json", entries };
  }
  if (!Array.isArray(results)) {
    reader.error(["spec", "results"], "results must be a list of {key, value}.");
    return { kind: "json", entries: [] };
  }
  return {
    kind: "json",
    entries: results.flatMap((entry, index) => {
      if (isFields(entry) && entry.key !== undefined)
        return [{ key: String(entry.key), value: entry.value, line: lineOf(index) }];
      reader.error(["spec", "results", index], "A result must be a map of key and value.");
      return [];
    }),
  };
}

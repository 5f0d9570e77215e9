import { stringify } from "yaml";
import type { InputOrigin } from "@/lib/triggers/kinds";
import type { JsonSchema } from "@/lib/values/json-schema/document";
import type { IoType } from "@/lib/values/types";

interface EndpointInputSpec {
  type: IoType;
  origin?: InputOrigin;
  optional?: boolean;
  help?: string;
  enum_values?: string[];
  schema?: JsonSchema;
}

interface StepSpec {
  /** The action, `id` or `id@version`. */
  use: string;
  with?: Record<string, unknown>;
  /** What comes before it; the trigger unless said otherwise. */
  after?: string[];
  retry?: { max_attempts: number; backoff_seconds?: number; backoff_factor?: number };
}

export interface EndpointSpec {
  name?: string;
  path: string;
  method?: string;
  summary?: string;
  tags?: string;
  status?: 200 | 201;
  /** Seconds that a caller waits. */
  timeout?: number;
  inputs?: Record<string, IoType | EndpointInputSpec>;
  steps?: Record<string, StepSpec>;
  results?: Record<string, string>;
  resultFile?: string;
}

function outputOf([name, spec]: [string, IoType | EndpointInputSpec]) {
  const { type, ...more } = typeof spec === "string" ? { type: spec } : spec;
  return { name, human_name: name, help: "", type, ...more };
}

function functionsOf(trigger: object, steps: Record<string, StepSpec>) {
  const streamsTo = (id: string) =>
    Object.entries(steps).flatMap(([child, { after = ["api"] }]) => (after.includes(id) ? [child] : []));
  const nodes = Object.entries(steps).map(([id, { use, with: inputs = {}, retry }]) => {
    const [from, version] = use.split("@");
    return {
      id,
      from,
      ...(version && { version }),
      inputs_values: inputs,
      ...(retry && { retry }),
      streams_to: streamsTo(id),
    };
  });
  return [{ ...trigger, streams_to: streamsTo("api") }, ...nodes];
}

/** A workflow file with an HTTP API trigger, whose id is `api`. */
export function endpointFile(spec: EndpointSpec): string {
  const {
    path,
    method = "POST",
    summary = "",
    tags,
    status,
    timeout,
    inputs = {},
    steps = {},
    results,
    resultFile,
  } = spec;
  const trigger = {
    id: "api",
    from: "httpapijson",
    inputs_values: {
      summary,
      path,
      method,
      ...(tags !== undefined && { tags }),
      ...(status !== undefined && { success_status_code: status }),
      ...(timeout !== undefined && { async_reply_timeout: timeout }),
    },
    outputs: Object.entries(inputs).map(outputOf),
  };
  return fileOf(spec.name ?? path, functionsOf(trigger, steps), results, resultFile);
}

/** The smallest one that answers: what it is sent as `text`. */
export function echoFile(path: string, name?: string): string {
  return endpointFile({ path, inputs: { text: "string" }, results: { text: "api.text" }, ...(name && { name }) });
}

/** The same behind a trigger that is started by hand. */
export function manualFile(spec: Pick<EndpointSpec, "name" | "inputs" | "steps" | "results" | "resultFile">): string {
  const outputs = Object.entries(spec.inputs ?? {}).map(outputOf);
  const trigger = { id: "api", from: "manual", outputs };
  return fileOf(spec.name ?? "By hand", functionsOf(trigger, spec.steps ?? {}), spec.results, spec.resultFile);
}

/** The same behind any trigger with settings; its id is `api`, too. */
export function triggerFile(
  from: string,
  settings: Record<string, unknown>,
  {
    addons,
    ...spec
  }: Pick<EndpointSpec, "name" | "inputs" | "steps" | "results" | "resultFile"> & { addons?: object } = {},
): string {
  const outputs = Object.entries(spec.inputs ?? {}).map(outputOf);
  const trigger = {
    id: "api",
    from,
    inputs_values: settings,
    ...(addons && { addons_inputs_values: addons }),
    ...(outputs.length > 0 && { outputs }),
  };
  return fileOf(spec.name ?? from, functionsOf(trigger, spec.steps ?? {}), spec.results, spec.resultFile);
}

function fileOf(name: string, functions: object[], results: Record<string, string> = {}, resultFile?: string): string {
  const links = Object.entries(results).map(([key, output]) => ({ key, value: `=${output}` }));
  const chosen = resultFile ? { result_file: `=${resultFile}` } : { results: links };
  const document = {
    apiVersion: "ryax.tech/v2.0",
    kind: "Workflows",
    spec: { human_name: name, functions, ...chosen },
  };
  return stringify(document, { version: "1.1" });
}

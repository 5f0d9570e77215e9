import { isScalar } from "yaml";
import type { z } from "zod";
import type { Issue } from "@/lib/errors";
import { unknownNames } from "@/lib/triggers/webhook/mapping";
import { coerceInput, type Declared } from "@/lib/values/coerce";
import { checkDeclaredSchema } from "@/lib/values/json-schema";
import { type IoDefinition, isStructured } from "@/lib/values/types";
import type { ActionInterface } from "./interface";
import { type Metadata, metadataSchema, notAString } from "./metadata-schema";
import { type NetworkAccess, noNetwork } from "./network";
import { parseYamlFile, type YamlFile } from "./yaml-lines";

export const metadataFileName = "ryax_metadata.yaml";
const serviceAddon = "http_service";
const knownAddons = ["hpc", "kubernetes", serviceAddon];
const defaultVersion = "1.0";

export interface ReadMetadata {
  /** Null when there are errors; warnings do not prevent it. */
  interface: ActionInterface | null;
  problems: Issue[];
}

/** Reads a package's metadata and lists every problem at its line. Pure: files are checked by the caller. */
export function readMetadata(text: string): ReadMetadata {
  const file = parseYamlFile(text, metadataFileName);
  const problems = [...file.problems];
  const hasErrors = () => problems.some((problem) => problem.severity !== "warning");
  if (hasErrors()) return { interface: null, problems };
  const apiVersion = (file.value as { apiVersion?: unknown } | null)?.apiVersion;
  if (typeof apiVersion === "string" && apiVersion.startsWith("ryax.tech/v1")) {
    return { interface: null, problems: [...problems, migrationProblem(file)] };
  }
  const parsed = metadataSchema.safeParse(file.value);
  if (!parsed.success) problems.push(...schemaProblems(file, parsed.error));
  else problems.push(...furtherProblems(file, parsed.data));
  problems.sort((left, right) => (left.line ?? 0) - (right.line ?? 0));
  if (!parsed.success || hasErrors()) return { interface: null, problems };
  return { interface: toInterface(parsed.data), problems };
}

function migrationProblem(file: YamlFile): Issue {
  return {
    path: metadataFileName,
    line: file.lineOf(["apiVersion"]),
    code: "version_1",
    message:
      "This is a version 1 package. To move it to version 2: set apiVersion to ryax.tech/v2.0; rename kind Functions to Processor, Publishers to Publisher and Gateways to Source; rename spec.detail to spec.description; rename handler.py to ryax_handler.py (run.py to ryax_run.py); a trigger's class becomes `async def run(service, input_values)`.",
  };
}

function schemaProblems(file: YamlFile, error: z.ZodError): Issue[] {
  return error.issues.flatMap((issue): Issue[] => {
    const place = issue.path.join(".");
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        path: metadataFileName,
        line: file.lineOfKey(issue.path, key),
        code: "unknown_key",
        message: `${[place, key].filter(Boolean).join(".")}: there is no such key.`,
      }));
    }
    const missing = file.document.getIn(issue.path) === undefined && issue.path.length > 0;
    const message = missing ? "is required" : issue.message + quotingHint(file, issue);
    return [{ path: metadataFileName, line: file.lineOf(issue.path), message: `${place || "The file"}: ${message}.` }];
  });
}

/** `version: 1.0` is a number in YAML; what was typed says how to mend it. */
function quotingHint(file: YamlFile, issue: z.core.$ZodIssue): string {
  const node = file.document.getIn(issue.path, true);
  return issue.message === notAString && isScalar(node) && node.source ? `: put it in quotes, "${node.source}"` : "";
}

function furtherProblems(file: YamlFile, { kind, spec }: Metadata): Issue[] {
  const problems: Issue[] = [];
  const report = (severity: "error" | "warning", path: PropertyKey[], message: string) =>
    problems.push({
      path: metadataFileName,
      line: file.lineOf(path),
      severity,
      message: `${path.join(".")}: ${message}`,
    });
  const isTrigger = kind === "Source" || kind === "Trigger";
  if (spec.dynamic_outputs && !isTrigger)
    report("error", ["spec", "dynamic_outputs"], "only triggers may have dynamic outputs.");
  if (spec.version === undefined) report("warning", ["spec"], `there is no version; “${defaultVersion}” is taken.`);
  if (spec.type === "python3-cuda") report("warning", ["spec", "type"], "is built as python3; there is no GPU.");
  if (spec.type === "csharp-dotnet6")
    report("error", ["spec", "type"], "C# actions are not supported here; the languages are python3 and nodejs.");
  if (spec.option) report("warning", ["spec", "option"], "is read as “options”.");
  for (const [index, name] of (spec.dependencies ?? []).entries()) {
    const fromPypi = pypiNameOf(name);
    const what = fromPypi ? `is installed from PyPI as “${fromPypi}”.` : "is a Nix package and is not installed here.";
    report("warning", ["spec", "dependencies", index], `${name} ${what}`);
  }
  const webhook = optionsOf(spec)?.millrace?.webhook;
  if (webhook) {
    const path = ["spec", "options", "millrace", "webhook"];
    const names = { inputs: (spec.inputs ?? []).map(nameOf), outputs: (spec.outputs ?? []).map(nameOf) };
    if (spec.type !== "internal") report("error", path, "is for what comes with the platform.");
    for (const { place, message } of unknownNames(webhook, names)) report("error", [...path, ...place], message);
  }
  if (optionsOf(spec)?.nixpkgs) report("warning", ["spec", "options", "nixpkgs"], "has no effect here.");
  for (const addon of Object.keys(spec.addons ?? {})) {
    const isKnown = knownAddons.includes(addon);
    if (addon === serviceAddon && isTrigger) continue;
    const message = isKnown ? withoutEffect(addon) : "is not a known addon.";
    report("warning", ["spec", "addons", addon], message);
  }
  for (const list of ["inputs", "outputs"] as const) {
    const seen = new Set<string>();
    for (const [index, io] of (spec[list] ?? []).entries()) {
      const path = ["spec", list, index];
      if (seen.has(io.name)) report("error", [...path, "name"], `there is already one named “${io.name}”.`);
      seen.add(io.name);
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(io.name))
        report("warning", [...path, "name"], "letters, digits and _ are safest.");
      if (io.type === "enum" && !io.enum_values?.length)
        report("warning", [...path, "type"], "an enum without enum_values accepts anything.");
      for (const { at, expected } of checkDeclaredSchema(io))
        report("error", [...path, "schema", ...(at ? at.split(".") : [])], `must be ${expected}.`);
      const value = "default_value" in io ? io.default_value : undefined;
      if (typeof value === "object" && value !== null && !isStructured(io.type)) {
        report("error", [...path, "default_value"], "must be a string, a number or true/false.");
      } else if (value !== undefined && value !== null && defaultOf(io) === undefined) {
        report("warning", [...path, "default_value"], `does not fit the type ${io.type}; there is no default then.`);
      }
    }
  }
  return problems;
}

const withoutEffect = (addon: string) =>
  addon === serviceAddon
    ? "is kept, but has no effect on an action: what a trigger serves can be called, and nothing else."
    : "is kept, but has no effect here.";

const nameOf = ({ name }: { name: string }) => name;

/** Nix's Python packages mostly bear their PyPI name. */
function pypiNameOf(dependency: string): string | undefined {
  return /^python3?\d*Packages\.([A-Za-z0-9][A-Za-z0-9._-]*)$/.exec(dependency)?.[1];
}

type PlainDefault = NonNullable<ActionInterface["inputs"][number]["defaultValue"]>;
type RawIo = NonNullable<Metadata["spec"]["inputs"]>[number];

function defaultOf(io: RawIo): IoDefinition["defaultValue"] {
  if (io.default_value === undefined || io.default_value === null) return undefined;
  const coerced = coerceInput(declaredOf(io), io.default_value);
  return coerced.ok ? coerced.value : undefined;
}

function declaredOf({ type, enum_values: enumValues, schema }: RawIo): Declared {
  return { type, ...(enumValues?.length && { enumValues }), ...(schema && { schema }) };
}

function toIo(io: RawIo): ActionInterface["inputs"][number] {
  const value = defaultOf(io);
  return {
    name: io.name,
    humanName: io.human_name,
    help: io.help,
    ...declaredOf(io),
    optional: io.optional ?? false,
    ...(value !== undefined && value !== null && typeof value !== "bigint" && { defaultValue: value as PlainDefault }),
  };
}

const languages: Record<Metadata["spec"]["type"], ActionInterface["language"]> = {
  python3: "python",
  "python3-cuda": "python",
  nodejs: "node",
  internal: "internal",
  "csharp-dotnet6": "unsupported",
};

function entryOf(kind: ActionInterface["kind"], language: ActionInterface["language"]): string {
  if (language === "internal") return "";
  return `${kind === "trigger" ? "ryax_run" : "ryax_handler"}.${language === "node" ? "js" : "py"}`;
}

type Options = NonNullable<Metadata["spec"]["options"]> & { python?: { version?: unknown }; nixpkgs?: unknown };

function optionsOf(spec: Metadata["spec"]) {
  return (spec.options ?? spec.option) as Options | null | undefined;
}

function networkOf(wanted: NonNullable<Options["millrace"]>["network"]): NetworkAccess {
  if (Array.isArray(wanted)) return { policy: "allow-list", hosts: wanted };
  return wanted === true || wanted === "on" ? { policy: "on", hosts: [] } : noNetwork;
}

function toInterface({ kind: rawKind, spec }: Metadata): ActionInterface {
  const kind = rawKind === "Source" || rawKind === "Trigger" ? "trigger" : "action";
  const language = languages[spec.type];
  const { cpu, memory, time, gpu } = spec.resources ?? {};
  const pythonVersion = optionsOf(spec)?.python?.version;
  const millrace = optionsOf(spec)?.millrace;
  return {
    id: spec.id,
    version: spec.version ?? defaultVersion,
    kind,
    humanName: spec.human_name,
    description: spec.description ?? "",
    type: spec.type,
    language,
    entry: entryOf(kind, language),
    categories: spec.categories ?? [],
    logo: spec.logo ?? null,
    inputs: (spec.inputs ?? []).map(toIo),
    outputs: (spec.outputs ?? []).map(toIo),
    dynamicOutputs: spec.dynamic_outputs ?? false,
    resources: {
      ...(cpu !== undefined && { cpu }),
      ...(memory !== undefined && { memoryBytes: memory }),
      ...(time !== undefined && { timeLimitMs: time * 1000 }),
      ...(gpu !== undefined && { gpu: typeof gpu === "number" ? gpu : (gpu.count ?? 1) }),
    },
    network: networkOf(millrace?.network),
    folders: millrace?.folders === true || millrace?.folders === "on",
    isolation: millrace?.isolation ?? "reuse",
    ...(millrace?.webhook && { webhook: millrace.webhook }),
    pythonVersion: pythonVersion === undefined ? null : String(pythonVersion),
    extraRequirements: language === "python" ? (spec.dependencies ?? []).flatMap((name) => pypiNameOf(name) ?? []) : [],
    addons: Object.fromEntries(Object.entries(spec.addons ?? {}).map(([name, parameters]) => [name, parameters ?? {}])),
  };
}

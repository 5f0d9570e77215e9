import { metadataFileName } from "@/lib/actions/metadata";
import { parseYamlFile } from "@/lib/actions/yaml-lines";
import { type IoType, ioTypes } from "@/lib/values/types";

/** The metadata as a form shows it, however unfinished; what the form does not know stays in the file. Pure. */

export interface IoForm {
  name: string;
  humanName: string;
  help: string;
  type: IoType;
  optional: boolean;
  /** As typed. */
  defaultValue: string;
  enumValues: string[];
}

export interface MetadataForm {
  id: string;
  humanName: string;
  version: string;
  description: string;
  inputs: IoForm[];
  outputs: IoForm[];
}

export type IoList = "inputs" | "outputs";

const text = (value: unknown) =>
  value === null || value === undefined || typeof value === "object" ? "" : String(value);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const record = (value: unknown) =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

function readIo(value: unknown): IoForm {
  const io = record(value);
  return {
    name: text(io.name),
    humanName: text(io.human_name),
    help: text(io.help),
    type: ioTypes.find((type) => type === io.type) ?? "string",
    optional: io.optional === true,
    defaultValue: text(io.default_value),
    enumValues: list(io.enum_values).map(text),
  };
}

/** Null where the file is not YAML: it must be mended by hand first. */
export function readForm(yaml: string): MetadataForm | null {
  const { value, problems } = parseYamlFile(yaml, metadataFileName);
  if (problems.some((problem) => problem.severity !== "warning")) return null;
  const spec = record(record(value).spec);
  return {
    id: text(spec.id),
    humanName: text(spec.human_name),
    version: text(spec.version),
    description: text(spec.description),
    inputs: list(spec.inputs).map(readIo),
    outputs: list(spec.outputs).map(readIo),
  };
}

type Change = (document: ReturnType<typeof parseYamlFile>["document"]) => void;

/** Comments, order and all that the form does not know stay as they are. */
function edit(yaml: string, change: Change): string {
  const { document } = parseYamlFile(yaml, metadataFileName);
  if (document.errors.length > 0) return yaml;
  change(document);
  return document.toString({ lineWidth: 0 });
}

const specKeys = { id: "id", humanName: "human_name", version: "version", description: "description" } as const;

export function setFact(yaml: string, fact: keyof typeof specKeys, value: string): string {
  return edit(yaml, (document) => document.setIn(["spec", specKeys[fact]], value));
}

/** A name that is still the one made of the technical name follows it. */
function humanNameOf(name: string): string {
  const words = name.replaceAll("_", " ").trim();
  return words ? (words[0]?.toUpperCase() ?? "") + words.slice(1) : "";
}

function defaultOf(type: IoType, typed: string): string | number | boolean {
  const number = Number(typed);
  if ((type === "integer" || type === "float") && typed.trim() !== "" && Number.isFinite(number)) return number;
  if (type === "boolean" && (typed === "true" || typed === "false")) return typed === "true";
  return typed;
}

export function setIo(yaml: string, at: IoList, index: number, change: Partial<IoForm>): string {
  const before = readForm(yaml)?.[at][index];
  if (!before) return yaml;
  const io = { ...before, ...change };
  if (change.name !== undefined && before.humanName === humanNameOf(before.name))
    io.humanName = humanNameOf(change.name);
  return edit(yaml, (document) => {
    const path = (key: string) => ["spec", at, index, key];
    const put = (key: string, value: unknown, isThere: boolean) => {
      if (isThere) document.setIn(path(key), value);
      else document.deleteIn(path(key));
    };
    put("name", io.name, true);
    put("human_name", io.humanName, true);
    put("help", io.help, true);
    put("type", io.type, true);
    put("optional", true, io.optional);
    put("default_value", defaultOf(io.type, io.defaultValue), at === "inputs" && io.defaultValue !== "");
    put("enum_values", document.createNode(io.enumValues), io.type === "enum" && io.enumValues.length > 0);
  });
}

export function addIo(yaml: string, at: IoList): string {
  const taken = readForm(yaml)?.[at].map((io) => io.name) ?? [];
  const stem = at === "inputs" ? "input" : "output";
  let number = taken.length + 1;
  while (taken.includes(`${stem}_${number}`)) number++;
  const name = `${stem}_${number}`;
  const entry = { name, human_name: humanNameOf(name), help: "", type: "string" };
  return edit(yaml, (document) => {
    if (taken.length > 0) document.addIn(["spec", at], document.createNode(entry));
    else document.setIn(["spec", at], document.createNode([entry]));
  });
}

export function removeIo(yaml: string, at: IoList, index: number): string {
  return edit(yaml, (document) => document.deleteIn(["spec", at, index]));
}

import { metadataFileName } from "@/lib/actions/metadata";
import { parseYamlFile } from "@/lib/actions/yaml-lines";
import { parseJson, stringifyJson } from "@/lib/values/json";
import { type IoType, ioTypes, isStructured, type JsonValue } from "@/lib/values/types";

/** The metadata as a form shows it, however unfinished; what the form does not know stays in the file. Pure. */

export interface IoForm {
  name: string;
  humanName: string;
  help: string;
  type: IoType;
  optional: boolean;
  /** As typed; an object or a list as JSON. */
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

const defaultText = (value: unknown) =>
  typeof value === "object" && value !== null ? stringifyJson(value as JsonValue) : text(value);

function readIo(value: unknown): IoForm {
  const io = record(value);
  return {
    name: text(io.name),
    humanName: text(io.human_name),
    help: text(io.help),
    type: ioTypes.find((type) => type === io.type) ?? "string",
    optional: io.optional === true,
    defaultValue: defaultText(io.default_value),
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

/** A text that is not JSON yet stays what it is, until it is. */
function unfinishedJson(typed: string): JsonValue {
  try {
    return parseJson(typed);
  } catch {
    return typed;
  }
}

function defaultOf(type: IoType, typed: string): JsonValue {
  const number = Number(typed);
  if ((type === "integer" || type === "float") && typed.trim() !== "" && Number.isFinite(number)) return number;
  if (type === "boolean" && (typed === "true" || typed === "false")) return typed === "true";
  return isStructured(type) ? unfinishedJson(typed) : typed;
}

export function setIo(yaml: string, at: IoList, index: number, change: Partial<IoForm>): string {
  const before = readForm(yaml)?.[at][index];
  if (!before) return yaml;
  const io = { ...before, ...change };
  if (change.name !== undefined && before.humanName === humanNameOf(before.name))
    io.humanName = humanNameOf(change.name);
  const isOther = (...facts: (keyof IoForm)[]) => facts.some((fact) => io[fact] !== before[fact]);
  return edit(yaml, (document) => {
    const put = (key: string, value: JsonValue, isThere = true) => {
      const path = ["spec", at, index, key];
      if (isThere) document.setIn(path, document.createNode(value));
      else document.deleteIn(path);
    };
    if (isOther("name")) put("name", io.name);
    if (isOther("humanName")) put("human_name", io.humanName);
    if (isOther("help")) put("help", io.help);
    if (isOther("type")) put("type", io.type);
    if (isOther("optional")) put("optional", true, io.optional);
    if (isOther("type", "defaultValue"))
      put("default_value", defaultOf(io.type, io.defaultValue), at === "inputs" && io.defaultValue !== "");
    if (isOther("type", "enumValues"))
      put("enum_values", io.enumValues, io.type === "enum" && io.enumValues.length > 0);
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

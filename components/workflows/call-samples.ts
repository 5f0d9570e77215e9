import { sampleOf } from "@/lib/values/json-schema/sample";
import { type IoType, isFileType, isStructured, type JsonValue } from "@/lib/values/types";
import type { LiveVersion } from "@/lib/workflows/contract";
import { quote } from "./shell-quote";

/** Ready-made calls of a live endpoint, with its real address and inputs. Pure. */

type Input = LiveVersion["inputs"][number];

export interface CallTarget {
  method: string;
  path: string;
  /** The project URL, which the path follows. */
  projectUrl: string;
  inputs: Input[];
  needsKey: boolean;
}

export const keyVariable = "MILLRACE_KEY";

const samples: Record<IoType, (input: Input) => JsonValue> = {
  string: (input) => `some ${input.name.replaceAll("_", " ")}`,
  longstring: (input) => `some ${input.name.replaceAll("_", " ")}`,
  password: () => "secret",
  enum: (input) => input.enumValues?.[0] ?? "",
  integer: () => 1,
  float: () => 1.5,
  boolean: () => true,
  bytes: () => "aGVsbG8=",
  file: (input) => `${input.name}.dat`,
  table: (input) => `${input.name}.csv`,
  directory: (input) => `${input.name}.zip`,
  object: (input) => sampleOf(input.schema, "object"),
  array: (input) => sampleOf(input.schema, "array"),
};

export function sampleValue(input: Input): JsonValue {
  return samples[input.type](input);
}

interface Parts {
  url: string;
  headers: [string, string][];
  cookie: string;
  /** Null where the call has no body. */
  json: Record<string, unknown> | null;
  /** Set instead of `json` where a file is among the inputs. */
  form: { name: string; value: string; isFile: boolean }[] | null;
}

function partsOf({ path, projectUrl, inputs }: CallTarget): Parts {
  const from = (origin: Input["origin"]) => inputs.filter((input) => input.origin === origin);
  const text = (input: Input) => {
    const value = sampleValue(input);
    return isStructured(input.type) ? JSON.stringify(value) : String(value);
  };
  let filled = path;
  for (const input of from("path")) filled = filled.replace(`{${input.name}}`, encodeURIComponent(text(input)));
  const query = new URLSearchParams(from("query").map((input) => [input.name, text(input)])).toString();
  const body = from("body");
  const hasFile = body.some((input) => isFileType(input.type));
  return {
    url: projectUrl + filled + (query && `?${query}`),
    headers: from("header").map((input) => [input.name.replaceAll("_", "-"), text(input)]),
    cookie: from("cookie")
      .map((input) => `${input.name}=${encodeURIComponent(text(input))}`)
      .join("; "),
    json:
      body.length > 0 && !hasFile ? Object.fromEntries(body.map((input) => [input.name, sampleValue(input)])) : null,
    form: hasFile
      ? body.map((input) => ({ name: input.name, value: text(input), isFile: isFileType(input.type) }))
      : null,
  };
}

export function curlCall(target: CallTarget): string {
  const { url, headers, cookie, json, form } = partsOf(target);
  const lines = [`curl ${target.method === "GET" ? "" : `-X ${target.method} `}${quote(url)}`];
  if (target.needsKey) lines.push(`-H "Authorization: Bearer $${keyVariable}"`);
  for (const [name, value] of headers) lines.push(`-H ${quote(`${name}: ${value}`)}`);
  if (cookie) lines.push(`-b ${quote(cookie)}`);
  if (json) lines.push(`-H 'Content-Type: application/json'`, `-d ${quote(JSON.stringify(json))}`);
  for (const part of form ?? []) lines.push(`-F ${quote(`${part.name}=${part.isFile ? "@" : ""}${part.value}`)}`);
  return lines.join(" \\\n  ");
}

/** A JSON value as Python writes it. */
function python(value: unknown): string {
  if (value === true) return "True";
  if (value === false) return "False";
  if (value === null) return "None";
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  if (typeof value === "object") return pythonDict(Object.entries(value as object));
  return JSON.stringify(value);
}

function pythonDict(entries: [string, unknown][]): string {
  return `{${entries.map(([name, value]) => `${JSON.stringify(name)}: ${python(value)}`).join(", ")}}`;
}

export function pythonCall(target: CallTarget): string {
  const { url, headers, cookie, json, form } = partsOf(target);
  const key = target.needsKey ? [`"Authorization": f"Bearer {os.environ['${keyVariable}']}"`] : [];
  const sent = [...headers, ...(cookie ? [["Cookie", cookie] as [string, string]] : [])];
  const all = [...key, ...sent.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)];
  const lines = [
    target.needsKey ? "import os\n\nimport requests\n" : "import requests\n",
    "answer = requests.request(",
    `    ${JSON.stringify(target.method)},`,
    `    ${JSON.stringify(url)},`,
  ];
  if (all.length > 0) lines.push(`    headers={${all.join(", ")}},`);
  if (json) lines.push(`    json=${pythonDict(Object.entries(json))},`);
  const texts = form?.filter((part) => !part.isFile) ?? [];
  const files = form?.filter((part) => part.isFile) ?? [];
  if (texts.length > 0) lines.push(`    data=${pythonDict(texts.map((part) => [part.name, part.value]))},`);
  if (files.length > 0) {
    const opened = files.map((part) => `${JSON.stringify(part.name)}: open(${JSON.stringify(part.value)}, "rb")`);
    lines.push(`    files={${opened.join(", ")}},`);
  }
  lines.push(")", "answer.raise_for_status()", "print(answer.json())");
  return lines.join("\n");
}

export function typescriptCall(target: CallTarget): string {
  const { url, headers, cookie, json, form } = partsOf(target);
  const entries = [
    ...(target.needsKey ? [`Authorization: \`Bearer \${process.env.${keyVariable}}\``] : []),
    ...headers.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`),
    ...(cookie ? [`Cookie: ${JSON.stringify(cookie)}`] : []),
    ...(json ? [`"Content-Type": "application/json"`] : []),
  ];
  const lines: string[] = [];
  if (form) {
    lines.push(`import { openAsBlob } from "node:fs";`, "", "const body = new FormData();");
    for (const { name, value, isFile } of form) {
      const quoted = JSON.stringify(value);
      lines.push(`body.set(${JSON.stringify(name)}, ${isFile ? `await openAsBlob(${quoted}), ${quoted}` : quoted});`);
    }
  }
  lines.push(`const answer = await fetch(${JSON.stringify(url)}, {`, `  method: ${JSON.stringify(target.method)},`);
  if (entries.length > 0) lines.push(`  headers: { ${entries.join(", ")} },`);
  if (json) lines.push(`  body: JSON.stringify(${JSON.stringify(json)}),`);
  if (form) lines.push("  body,");
  lines.push("});", "if (!answer.ok) throw new Error(await answer.text());", "console.log(await answer.json());");
  return lines.join("\n");
}

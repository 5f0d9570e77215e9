import type { Definition } from "@/lib/workflows/definition/schema";

/** Edits of what the workflow answers. Pure. */

type Results = Definition["results"];
export type ResultEntry = Extract<Results, { kind: "json" }>["entries"][number];

const entriesOf = (results: Results): ResultEntry[] => (results.kind === "json" ? results.entries : []);

export function addResult(definition: Definition, from: { node: string; output: string }): Definition {
  const entries = entriesOf(definition.results);
  const taken = new Set(entries.map((entry) => entry.key));
  let key = from.output;
  for (let count = 2; taken.has(key); count++) key = `${from.output}_${count}`;
  return { ...definition, results: { kind: "json", entries: [...entries, { key, ...from }] } };
}

export function changeResult(definition: Definition, index: number, change: Partial<ResultEntry>): Definition {
  const entries = entriesOf(definition.results).map((entry, at) => (at === index ? { ...entry, ...change } : entry));
  return { ...definition, results: { kind: "json", entries } };
}

export function removeResult(definition: Definition, index: number): Definition {
  const entries = entriesOf(definition.results).filter((_, at) => at !== index);
  return { ...definition, results: { kind: "json", entries } };
}

export function moveResult(definition: Definition, index: number, by: -1 | 1): Definition {
  const entries = [...entriesOf(definition.results)];
  const [entry] = entries.splice(index, 1);
  if (!entry || index + by < 0 || index + by > entries.length) return definition;
  entries.splice(index + by, 0, entry);
  return { ...definition, results: { kind: "json", entries } };
}

export function answerFile(definition: Definition, from: { node: string; output: string }): Definition {
  return { ...definition, results: { kind: "file", ...from } };
}

export function answerJson(definition: Definition): Definition {
  return definition.results.kind === "json" ? definition : { ...definition, results: { kind: "json", entries: [] } };
}

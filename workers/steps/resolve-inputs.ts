import { inProject } from "@/lib/db";
import {
  coerceInput,
  isFileType,
  isSecret,
  isStoredFile,
  type JsonValue,
  loadValue,
  type StoredValue,
  type StoredValues,
  storedNull,
  storeValue,
  withArticle,
} from "@/lib/values";
import { ownValue } from "@/lib/values/own";
import { findVariables } from "@/lib/variables";
import type { PlanInput, PlanStep } from "@/lib/workflows/definition/plan";
import type { OpenRun, OpenRuns } from "./open-runs";

/** An input of a step could not be given: the step fails before its handler is called. */
export class InputUnavailable extends Error {
  override name = "InputUnavailable";
}

export interface ResolvedInputs {
  /** As the ledger holds them. */
  stored: StoredValues;
  /** As the handler gets them; those that wait as files are in `files`. */
  values: Record<string, JsonValue>;
  files: { input: string; stored: Extract<StoredValue, { blob: string }> }[];
  /** Clear texts that must not be written down. */
  secrets: string[];
}

interface Link {
  node: string;
  output: string;
}

const emptyTrigger: StoredValue = storedNull;

async function variablesOf(projectId: string, inputs: PlanInput[]): Promise<Map<string, StoredValue>> {
  const names = inputs.flatMap(({ source }) => ("variable" in source ? [source.variable] : []));
  if (names.length === 0) return new Map();
  const rows = await inProject(projectId, (tx) => findVariables(tx, projectId, names));
  return new Map(rows.map((row) => [row.name, row.value]));
}

function linkedValue(run: OpenRun, link: Link): StoredValue | undefined {
  if (link.node === run.plan.trigger.id) return ownValue(run.input, link.output) ?? emptyTrigger;
  const end = run.ends.get(link.node);
  if (end?.state !== "completed") return undefined;
  return ownValue(end.outputs, link.output) ?? storedNull;
}

/** Gathers a step's inputs from fixed values, variables and the outputs of any step upstream. @throws InputUnavailable */
export async function resolveInputs(run: OpenRun, runs: OpenRuns, step: PlanStep): Promise<ResolvedInputs> {
  const missing = step.inputs.some(({ source }) => "link" in source && linkedValue(run, source.link) === undefined);
  if (missing) await runs.refresh(run);
  return gatherInputs(run.projectId, step.inputs, (link) => linkedValue(run, link));
}

/** Has the values of inputs at hand; `linked` says what is behind a link. @throws InputUnavailable */
export async function gatherInputs(
  projectId: string,
  inputs: PlanInput[],
  linked: (link: Link) => StoredValue | undefined,
): Promise<ResolvedInputs> {
  const variables = await variablesOf(projectId, inputs);
  const resolved: ResolvedInputs = { stored: {}, values: {}, files: [], secrets: [] };
  for (const input of inputs) {
    const { source } = input;
    let stored: StoredValue | undefined;
    if ("stored" in source) stored = source.stored;
    else if ("variable" in source) stored = variables.get(source.variable);
    else stored = linked(source.link);
    if (stored === undefined) {
      const what =
        "variable" in source
          ? `The variable ${source.variable} does not exist any more`
          : "What it is linked to has no outputs";
      throw new InputUnavailable(`The input “${input.name}” has no value. ${what}.`);
    }
    await place(projectId, input, stored, resolved);
  }
  return resolved;
}

async function place(
  projectId: string,
  input: PlanInput,
  stored: StoredValue,
  resolved: ResolvedInputs,
): Promise<void> {
  const { name } = input;
  if (isStoredFile(stored)) {
    if (!isFileType(input.type))
      throw new InputUnavailable(`The input “${name}” is ${withArticle(input.type)}, but it was given a file.`);
    resolved.stored[name] = stored;
    resolved.files.push({ input: name, stored });
    return;
  }
  const secret = isSecret(stored) || input.type === "password";
  if ("blob" in stored && !secret) {
    // Large: it goes to the handler as a file, and is parsed on the way only where a schema is to be kept.
    if (input.schema) {
      const coerced = coerceInput(input, await loadValue(projectId, stored));
      if (!coerced.ok) throw new InputUnavailable(`The input “${name}” must be ${coerced.expected}.`);
    }
    resolved.stored[name] = stored;
    resolved.files.push({ input: name, stored });
    return;
  }
  const value = await loadValue(projectId, stored);
  if (value === null) {
    if (!input.optional) throw new InputUnavailable(`The input “${name}” is required, but it was given nothing.`);
    resolved.stored[name] = storedNull;
    resolved.values[name] = null;
    return;
  }
  const coerced = coerceInput(input, value);
  if (!coerced.ok) throw new InputUnavailable(`The input “${name}” must be ${coerced.expected}.`);
  if (secret) resolved.secrets.push(typeof value === "string" ? value : String(value));
  resolved.stored[name] = secret && !isSecret(stored) ? await storeValue(projectId, value, true) : stored;
  resolved.values[name] = coerced.value;
}

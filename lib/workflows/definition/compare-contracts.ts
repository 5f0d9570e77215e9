import type { JsonSchema } from "@/lib/values/json-schema/document";
import { isSameJson } from "@/lib/values/same";
import type { IoType } from "@/lib/values/types";
import type { EndpointContract, EndpointInput } from "./endpoint-contract";
import { pathParameters } from "./http-endpoint";

/** What changes for those who call an endpoint. Pure. */
export interface ContractChange {
  message: string;
  /** Calls that worked may fail, or answers that were understood may no longer be. */
  isBreaking: boolean;
}

const breaking = (message: string): ContractChange => ({ message, isBreaking: true });
const harmless = (message: string): ContractChange => ({ message, isBreaking: false });
const addressOf = ({ method, path }: EndpointContract) => `${method} ${path}`;

export function compareContracts(before: EndpointContract | null, after: EndpointContract | null): ContractChange[] {
  if (!before) return after ? [harmless(`${addressOf(after)} is new.`)] : [];
  if (!after) return [breaking(`${addressOf(before)} is gone: its callers are answered 404.`)];
  return [
    ...compareAddress(before, after),
    ...compareInputs(before, after),
    ...compareResults(before, after),
    ...compareAnswers(before, after),
  ];
}

function compareAddress(before: EndpointContract, after: EndpointContract): ContractChange[] {
  const [from, to] = [addressOf(before), addressOf(after)];
  if (before.method !== after.method || before.shape !== after.shape)
    return [breaking(`${from} becomes ${to}: calls of the old address are answered 404.`)];
  return from === to ? [] : [harmless(`${from} is written ${to}; the same calls reach it.`)];
}

/** Values of another type that are read all the same. */
function isWider(from: IoType, to: IoType): boolean {
  const texts: IoType[] = ["string", "longstring", "password"];
  return (from === "integer" && to === "float") || (texts.includes(to) && (texts.includes(from) || from === "enum"));
}

function compareInputs(before: EndpointContract, after: EndpointContract): ContractChange[] {
  const changes: ContractChange[] = [];
  const old = new Map(before.inputs.map((input) => [keyOf(input, before), input]));
  for (const input of after.inputs) {
    const key = keyOf(input, after);
    const known = old.get(key);
    old.delete(key);
    if (known) changes.push(...compareInput(known, input));
    else if (input.origin === "path") continue;
    else if (input.optional) changes.push(harmless(`The input ${input.name} may be given.`));
    else changes.push(breaking(`The input ${input.name} is needed: calls without it are refused.`));
  }
  for (const input of old.values())
    if (input.origin !== "path") changes.push(breaking(`The input ${input.name} is no longer read.`));
  return changes;
}

/** Callers write a path parameter where it stands, and never its name. */
function keyOf(input: EndpointInput, contract: EndpointContract): string {
  return input.origin === "path" ? `path ${pathParameters(contract.path).indexOf(input.name)}` : `named ${input.name}`;
}

function compareInput(before: EndpointInput, after: EndpointInput): ContractChange[] {
  const changes: ContractChange[] = [];
  const what = `The input ${after.name}`;
  if (before.origin !== after.origin)
    changes.push(breaking(`${what} is read from the ${after.origin}, and was from the ${before.origin}.`));
  if (before.type !== after.type) {
    const message = `${what} is of type ${after.type}, and was of type ${before.type}.`;
    changes.push(isWider(before.type, after.type) ? harmless(message) : breaking(message));
  }
  if (before.optional && !after.optional) changes.push(breaking(`${what} is needed from now on.`));
  if (!before.optional && after.optional) changes.push(harmless(`${what} may be left out from now on.`));
  if (before.type === after.type) changes.push(...compareSchemas(what, after.schema, before.schema));
  const gone = without(before.enumValues, after.type === "enum" ? after.enumValues : undefined);
  const added = without(after.enumValues, before.type === "enum" ? before.enumValues : undefined);
  if (gone.length > 0) changes.push(breaking(`${what} no longer takes ${gone.join(", ")}.`));
  if (added.length > 0) changes.push(harmless(`${what} also takes ${added.join(", ")}.`));
  return changes;
}

/** A schema that is new on the narrow side only makes values surer; what else changes is not told from harm. */
function compareSchemas(what: string, wide: JsonSchema | undefined, narrow: JsonSchema | undefined): ContractChange[] {
  if (isSameJson(wide, narrow)) return [];
  return [
    wide ? breaking(`${what} has another schema.`) : harmless(`${what} has another schema, which allows no less.`),
  ];
}

const without = (values: string[] | undefined, others: string[] | undefined) =>
  values && others ? values.filter((value) => !others.includes(value)) : [];

function compareResults({ results: before }: EndpointContract, { results: after }: EndpointContract): ContractChange[] {
  if (before.kind !== after.kind) return [breaking(`The answer is ${shapeOf(after)}, and was ${shapeOf(before)}.`)];
  if (before.kind === "file" || after.kind === "file") return [];
  const old = new Map(before.entries.map((entry) => [entry.key, entry]));
  const changes: ContractChange[] = [];
  for (const entry of after.entries) {
    const known = old.get(entry.key);
    old.delete(entry.key);
    if (!known) {
      changes.push(harmless(`The answer also has ${entry.key}.`));
      continue;
    }
    const isText = isWider(entry.type, "string") && isWider(known.type, "string");
    if (known.type !== entry.type && !isText)
      changes.push(breaking(`${entry.key} in the answer is of type ${entry.type}, and was of type ${known.type}.`));
    else changes.push(...compareSchemas(`${entry.key} in the answer`, known.schema, entry.schema));
    if (!known.nullable && entry.nullable) changes.push(breaking(`${entry.key} in the answer may be null.`));
  }
  for (const key of old.keys()) changes.push(breaking(`The answer no longer has ${key}.`));
  return changes;
}

const shapeOf = (results: EndpointContract["results"]) => (results.kind === "file" ? "a file" : "JSON");

function compareAnswers(before: EndpointContract, after: EndpointContract): ContractChange[] {
  const changes: ContractChange[] = [];
  if (before.successStatus !== after.successStatus)
    changes.push(breaking(`Success is answered ${after.successStatus}, and was ${before.successStatus}.`));
  const [was, is] = [before.replyTimeoutSeconds, after.replyTimeoutSeconds];
  if (was === is) return changes;
  if (is === 0) changes.push(breaking("Every call is answered 202 with a result link at once."));
  else if (is < 0) changes.push(harmless("Callers wait however long it takes."));
  else changes.push(harmless(`Callers wait ${is} s before they are answered 202 with a result link.`));
  return changes;
}

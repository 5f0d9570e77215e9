import { z } from "zod";
import * as accounts from "@/lib/accounts/contract";
import * as actions from "@/lib/actions/contract";
import * as trials from "@/lib/actions/trial/contract";
import * as audit from "@/lib/audit/contract";
import * as catalogue from "@/lib/catalogue/contract";
import * as events from "@/lib/events/contract";
import * as examples from "@/lib/examples/contract";
import type * as http from "@/lib/http/contract";
import * as keys from "@/lib/keys/contract";
import * as limits from "@/lib/limits/contract";
import * as members from "@/lib/members/contract";
import * as projects from "@/lib/projects/contract";
import * as activity from "@/lib/runs/activity/contract";
import * as bulkRuns from "@/lib/runs/bulk/contract";
import * as runs from "@/lib/runs/contract";
import * as runDefinition from "@/lib/runs/definition/contract";
import * as runLogs from "@/lib/runs/logs/contract";
import * as sources from "@/lib/sources/contract";
import * as triggers from "@/lib/triggers/contract";
import * as usage from "@/lib/usage/contract";
import * as variables from "@/lib/variables/contract";
import * as workflows from "@/lib/workflows/contract";
import * as definition from "@/lib/workflows/definition/schema";
import * as openapi from "./contract";

/** Where operations of the management API and the schemas that they share are described. Pure. */
const modules = [
  accounts,
  projects,
  members,
  audit,
  keys,
  limits,
  usage,
  variables,
  actions,
  trials,
  sources,
  catalogue,
  workflows,
  definition,
  triggers,
  runs,
  runDefinition,
  runLogs,
  activity,
  bulkRuns,
  events,
  examples,
  openapi,
];

function isContract(value: unknown): value is http.Contract {
  return typeof value === "object" && value !== null && "operationId" in value && "success" in value;
}

/** Every operation of the management API. */
export const contracts: readonly http.Contract[] = modules.flatMap((module) =>
  Object.values<unknown>(module).filter(isContract),
);

/** Schemas by the name that they have in the document: `projectSchema` is `Project`. */
export function namedSchemas(): ReadonlyMap<string, z.ZodType> {
  const named = new Map<string, z.ZodType>();
  for (const [name, value] of modules.flatMap((module) => Object.entries<unknown>(module))) {
    if (!(value instanceof z.ZodObject) || !name.endsWith("Schema")) continue;
    named.set(`${name[0]?.toUpperCase()}${name.slice(1, -"Schema".length)}`, value);
  }
  return named;
}

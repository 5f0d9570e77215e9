import { z } from "zod";
import type { ActionInterface } from "@/lib/actions/interface";
import { ownValue } from "@/lib/values/own";
import { anyMethod } from "./any-method";
import { reportPath } from "./check-endpoint";
import { normalizePath, pathParameters } from "./http-endpoint";
import type { Problems } from "./problems";
import type { WorkflowNode } from "./schema";

/** What a trigger's own process serves below a path of the project: the addon `http_service`, or an endpoint's path. Pure. */

const defaultTimeoutSeconds = 60;
const maxTimeoutSeconds = 3_600;

export const serviceSettingsSchema = z.object({
  /** Without a slash at its end. */
  prefix: z.string(),
  /** Null where the process is told one. */
  port: z.number().int().nullable(),
  /** Whether the process is asked for what comes after the prefix. */
  strip: z.boolean(),
  /** Null where the project says. */
  requireKey: z.boolean().nullable(),
  /** How long an answer may take to begin. */
  timeoutSeconds: z.number(),
});
export type ServiceSettings = z.infer<typeof serviceSettingsSchema>;

const parametersSchema = z.object({
  port: z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(1024, "must be 1024 or more")
    .max(65_535, "must be 65535 or less")
    .nullish(),
  endpoint_prefix: z.string("must be a path").nullish(),
  strip_path_prefix: z.union([z.boolean(), z.stringbool()], "must be true or false").nullish(),
  require_key: z.union([z.boolean(), z.stringbool()], "must be true or false").nullish(),
  timeout_seconds: z.coerce
    .number("must be a number")
    .positive("must be more than 0")
    .max(maxTimeoutSeconds, `must be ${maxTimeoutSeconds} or less`)
    .nullish(),
});

/** The workflow's values before the package's. */
function given(node: WorkflowNode, trigger: Pick<ActionInterface, "addons">): Record<string, unknown> | undefined {
  const own = ownValue(node.addons ?? {}, "http_service");
  const packaged = ownValue(trigger.addons, "http_service");
  const path = ownValue(ownValue(node.addons ?? {}, "http_api") ?? {}, "path");
  if (!own && !packaged && path === undefined) return undefined;
  return { ...(path !== undefined && { endpoint_prefix: path }), ...packaged, ...own };
}

/** Reads what a trigger serves itself, and says what is wrong with it; null where it serves nothing. */
export function serviceOf(
  node: WorkflowNode,
  trigger: Pick<ActionInterface, "addons">,
  problems: Problems,
): ServiceSettings | null {
  const values = given(node, trigger);
  if (!values) return null;
  const place = (name: PropertyKey) => `nodes.${node.id}.addons.http_service.${String(name)}`;
  for (const name of Object.keys(values)) {
    if (!(name in parametersSchema.shape))
      problems.error("endpointSetting", place(name), `The addon http_service has no parameter “${name}”.`);
  }
  const parsed = parametersSchema.safeParse(values);
  for (const issue of parsed.error?.issues ?? [])
    problems.error("endpointSetting", place(issue.path[0] ?? ""), `${String(issue.path[0])} ${issue.message}.`);
  const { data } = parsed;
  const prefix = normalizePath(data?.endpoint_prefix ?? "");
  if (parsed.success) checkPrefix(prefix, place("endpoint_prefix"), problems);
  return {
    prefix,
    port: data?.port ?? null,
    strip: data?.strip_path_prefix ?? false,
    requireKey: data?.require_key ?? null,
    timeoutSeconds: data?.timeout_seconds ?? defaultTimeoutSeconds,
  };
}

function checkPrefix(prefix: string, place: string, problems: Problems): void {
  if (prefix === "/")
    problems.error("pathTemplate", place, "Give what the trigger serves a path of its own, such as /hooks.");
  if (pathParameters(prefix).length > 0)
    problems.error("pathTemplate", place, "The path of a service has no parameters: it answers all paths below it.");
  reportPath(prefix, place, problems);
}

interface Route {
  method: string;
  shape: string;
}

/** Whether the paths below the one prefix can be the other path; parameters stand for anything. */
function covers(prefix: string, shape: string): boolean {
  const segments = shape.split("/");
  return prefix
    .split("/")
    .every((segment, index) => segments[index] === segment || (index > 0 && segments[index] === "{}"));
}

/** Whether there are calls that both would answer. */
export function isClash(one: Route, other: Route): boolean {
  if (one.method !== anyMethod && other.method !== anyMethod)
    return one.method === other.method && one.shape === other.shape;
  return (
    (one.method === anyMethod && covers(one.shape, other.shape)) ||
    (other.method === anyMethod && covers(other.shape, one.shape))
  );
}

/** What is below the prefix of a service, `/` for the prefix itself; undefined for a path that is not its. */
export function pathBelow(prefix: string, path: string): string | undefined {
  if (path === prefix) return "/";
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
}

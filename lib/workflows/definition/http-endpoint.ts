import { z } from "zod";

/** The settings of an HTTP API trigger, as they stand in its node's inputs, and its path template. Pure. */

export const httpMethods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type HttpMethod = (typeof httpMethods)[number];
export const methodsWithoutBody: readonly string[] = ["GET", "DELETE"];

/** Paths below the project URL that Millrace answers itself. */
export const reservedPaths = ["/docs", "/openapi.json"];

export const defaultReplyTimeoutSeconds = 20;

export const endpointSettingsSchema = z.object({
  method: z.enum(httpMethods),
  path: z.string(),
  summary: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  successStatus: z.union([z.literal(200), z.literal(201)]),
  /** How long a caller is made to wait, in seconds: 0 answers at once, a negative number waits while it can. */
  replyTimeoutSeconds: z.number(),
});
export type EndpointSettings = z.infer<typeof endpointSettingsSchema>;

const parameterPattern = /^\{([A-Za-z_][A-Za-z0-9_-]*)\}$/;
const literalPattern = /^[A-Za-z0-9._~!$&'+,=@-]+$/;

/** `/a//b/` and `a/b` are `/a/b`; the root is `/`. */
export function normalizePath(path: string): string {
  return `/${path.split("/").filter(Boolean).join("/")}`;
}

export function pathParameters(path: string): string[] {
  return path.split("/").flatMap((segment) => parameterPattern.exec(segment)?.[1] ?? []);
}

/** Two templates of one shape answer the same calls: parameters' names do not tell them apart. */
export function pathShape(path: string): string {
  return path
    .split("/")
    .map((segment) => (parameterPattern.test(segment) ? "{}" : segment))
    .join("/");
}

/** What is wrong with a template, in words; empty when nothing is. */
export function pathProblems(path: string): string[] {
  const problems = path
    .split("/")
    .filter((segment) => segment !== "" && !parameterPattern.test(segment) && !literalPattern.test(segment))
    .map((segment) => `“${segment}” is neither plain text nor a parameter such as {city}`);
  if (path.length > 500) problems.push("it is longer than 500 characters");
  const names = pathParameters(path);
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    problems.push(`the parameter {${name}} stands twice`);
  }
  if (reservedPaths.includes(normalizePath(path))) problems.push(`${path} is where Millrace shows the project's API`);
  return problems;
}

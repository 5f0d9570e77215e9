import { methodOf } from "@/lib/http/method";

/**
 * Pages of any origin may call endpoints and read what they answer: the right to call is a key in a header, which a
 * browser never adds by itself, and no cookie counts. See docs/decisions/004-endpoints-in-browsers.md.
 */
const anyOrigin = { "Access-Control-Allow-Origin": "*" };
const exposedHeaders = [
  "Allow",
  "Content-Disposition",
  "Idempotent-Replayed",
  "Location",
  "Retry-After",
  "X-Millrace-Limit",
  "WWW-Authenticate",
  "X-Request-Id",
  "X-Workflow-Run-Id",
];
const preflightSeconds = 600;

export function isPreflight(request: Request): boolean {
  return methodOf(request) === "OPTIONS" && request.headers.has("access-control-request-method");
}

/** The same for every path, since a preflight carries no key and must not tell which endpoints there are. */
export function preflightAnswer(methods: readonly string[]): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...anyOrigin,
      "Access-Control-Allow-Methods": methods.join(", "),
      // The wildcard does not cover Authorization.
      "Access-Control-Allow-Headers": "Authorization, *",
      "Access-Control-Max-Age": String(preflightSeconds),
    },
  });
}

export function withCors(response: Response): Response {
  for (const [name, value] of Object.entries(anyOrigin)) response.headers.set(name, value);
  response.headers.set("Access-Control-Expose-Headers", exposedHeaders.join(", "));
  return response;
}

import "server-only";
import type { z } from "zod";
import { findTokenOwner, tokenPrefix } from "@/lib/accounts";
import type { ProjectContext, RequestContext, UserActor, UserContext } from "@/lib/auth";
import { sessionActor } from "@/lib/auth/session";
import { hashToken } from "@/lib/crypto/tokens";
import { env } from "@/lib/env";
import { AppError, type Issue, notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { openProject } from "@/lib/projects";
import { callerAddress } from "./address";
import { limitBody, readBody } from "./body";
import { type BodyOf, type Contract, isJsonBody, type ParamsOf, type QueryOf } from "./contract";
import { problemResponse } from "./respond";

const maxJsonBytes = 8 * 1024 * 1024;

export interface ParsedRequest<C extends Contract> {
  params: ParamsOf<C>;
  query: QueryOf<C>;
  body: BodyOf<C>;
  /** The personal token that the request carries, where it carries one. */
  token: string | null;
}

type RouteUseCase<I, O> =
  | (((ctx: RequestContext, input: I) => Promise<O>) & { scope: "public" })
  | (((ctx: UserContext, input: I) => Promise<O>) & { scope: "user" })
  | (((ctx: ProjectContext, input: I) => Promise<O>) & { scope: "project" });

type NextRouteContext = { params: Promise<Record<string, string> | undefined> };
type NextRoute = (request: Request, context: NextRouteContext) => Promise<Response>;

function bearerToken(request: Request): string | null {
  const [scheme, token] = (request.headers.get("authorization") ?? "").split(" ");
  return scheme?.toLowerCase() === "bearer" && token?.startsWith(tokenPrefix) ? token : null;
}

/** A cookie is sent by any page that a browser shows, so a change must come from one of ours. */
function assertSameOrigin(request: Request): void {
  if (["GET", "HEAD"].includes(request.method)) return;
  const origin = request.headers.get("origin");
  const host = request.headers.get("host");
  // A page without an origin of its own sends the word `null`.
  if (
    origin &&
    URL.canParse(origin) &&
    (new URL(origin).host === host || origin === new URL(env().MILLRACE_PUBLIC_URL).origin)
  )
    return;
  throw new AppError("forbidden", "A change with a session cookie must come from this site's own pages.");
}

async function authenticate(request: Request): Promise<UserActor> {
  const token = bearerToken(request);
  if (token) {
    const owner = await findTokenOwner(hashToken(token));
    if (owner) return { kind: "user", userId: owner.userId };
  } else {
    const actor = await sessionActor();
    if (actor) {
      assertSameOrigin(request);
      return actor;
    }
  }
  throw new AppError("unauthorized", "Sign in, or send a personal token as `Authorization: Bearer mrt_…`.", {
    headers: { "WWW-Authenticate": "Bearer" },
  });
}

export function issuesOf(place: string, error: z.ZodError): Issue[] {
  return error.issues.map((issue) => ({ path: [place, ...issue.path].join("."), message: issue.message }));
}

async function parseJsonBody(request: Request): Promise<unknown> {
  const bytes = await readBody(request, maxJsonBytes);
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(bytes.toString());
  } catch (cause) {
    throw new AppError("bad_request", "The body is not JSON.", { cause });
  }
}

const nul = "\0";

/** Nothing bears a name with U+0000, and the database would not even be asked about one. */
function assertNames(params: Record<string, string>): void {
  for (const [name, value] of Object.entries(params)) if (value.includes(nul)) throw notFound(`The ${name}`);
}

async function parseRequest<C extends Contract>(contract: C, request: Request, context: NextRouteContext) {
  const url = new URL(request.url);
  const places: [string, z.ZodType | undefined, unknown][] = [
    ["params", contract.params, (await context.params) ?? {}],
    ["query", contract.query, Object.fromEntries(url.searchParams)],
    ["body", isJsonBody(contract.body) ? contract.body : undefined, undefined],
  ];
  if (isJsonBody(contract.body)) (places[2] as unknown[])[2] = await parseJsonBody(request);
  const body = contract.body && !isJsonBody(contract.body) ? limitBody(request, contract.body.maxBytes) : null;
  const parsed: Record<string, unknown> = { params: {}, query: {}, body, token: bearerToken(request) };
  const issues: Issue[] = [];
  for (const [name, value] of url.searchParams)
    if (value.includes(nul))
      issues.push({ path: `query.${name}`, message: "The character U+0000 is not accepted here." });
  for (const [place, schema, value] of places) {
    if (!schema) continue;
    const result = schema.safeParse(value);
    if (result.success) parsed[place] = result.data;
    else issues.push(...issuesOf(place, result.error));
  }
  if (issues.length > 0) throw new AppError("invalid_input", "Some of what was sent is not right.", { issues });
  return parsed as unknown as ParsedRequest<C>;
}

async function callUseCase<I, O>(
  operation: RouteUseCase<I, O>,
  request: Request,
  base: RequestContext,
  projectId: string | undefined,
  input: () => Promise<I>,
): Promise<O> {
  if (operation.scope === "public") return operation(base, await input());
  const actor = await authenticate(request);
  if (operation.scope === "user") return operation({ ...base, actor }, await input());
  // The door before the body: a stranger learns nothing from how input is judged.
  const ctx = await openProject(actor, projectId ?? "");
  return operation(ctx, await input());
}

/**
 * Makes a Next.js route from a contract and a use case: authenticates, opens the project, parses once, and turns what
 * comes back or is thrown into a response. A use case may return a `Response` itself to stream.
 */
export function route<C extends Contract, I, O>(
  contract: C,
  operation: RouteUseCase<I, O>,
  input: (request: ParsedRequest<C>) => I,
): NextRoute {
  const isPublic = operation.scope === "public";
  if (isPublic !== (contract.access === "public"))
    throw new Error(`The contract of ${contract.operationId} says otherwise than its use case who may call it.`);
  return async (request, context) => {
    const requestId = newId("request");
    try {
      const base = { requestId, address: callerAddress(request.headers) };
      // Next.js gives none where the path has no parameter.
      const params = (await context.params) ?? {};
      assertNames(params);
      const result = await callUseCase(operation, request, base, params.project, async () =>
        input(await parseRequest(contract, request, context)),
      );
      if (result instanceof Response) return result;
      const headers = { "X-Request-Id": requestId, "Cache-Control": "no-store" };
      if (!contract.success.body) return new Response(null, { status: contract.success.status, headers });
      return Response.json(result, { status: contract.success.status, headers });
    } catch (error) {
      return problemResponse(error, requestId);
    }
  };
}

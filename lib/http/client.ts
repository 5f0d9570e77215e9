import type { z } from "zod";
import type { Issue } from "@/lib/errors";
import type { BodyInputOf, Contract, ResultOf } from "./contract";
import type { Operation } from "./operation";

/** The one way to call the management API, for the browser and the command line. Pure but for `fetch`. */

export interface ApiOptions {
  /** Empty for the page's own origin. */
  baseUrl?: string;
  token?: string | undefined;
  signal?: AbortSignal | undefined;
  /** The request outlives the page that made it. */
  keepalive?: boolean;
}

type Input<C extends Contract, Key extends "params" | "query"> = C[Key] extends z.ZodObject ? z.input<C[Key]> : never;

export type ApiRequest<C extends Contract> = {
  params?: Input<C, "params">;
  query?: Partial<Record<keyof Input<C, "query"> & string, string | number | boolean | undefined>>;
  body?: BodyInputOf<C>;
};

/** An answer that is not a success, with what the server said about it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly code: string,
    readonly issues: Issue[],
    readonly requestId: string | null,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** The server could not be reached at all. */
export class UnreachableError extends Error {
  override name = "UnreachableError";
}

function urlOf(contract: { path: string }, request: { params?: object; query?: object }, baseUrl: string): string {
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(String((request.params as Record<string, unknown>)?.[name] ?? "")),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {}))
    if (value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return `${baseUrl}${path}${text ? `?${text}` : ""}`;
}

/** The media type of a body that is sent as it is; null for JSON, undefined where there is no body. */
function streamedType(body: unknown): string | null | undefined {
  if (body === undefined) return undefined;
  return typeof body === "object" && body !== null && "mediaType" in body ? String(body.mediaType) : null;
}

async function errorOf(response: Response): Promise<ApiError> {
  const text = await response.text();
  let problem: { message?: string; code?: string; issues?: Issue[]; request_id?: string } = {};
  try {
    problem = JSON.parse(text);
  } catch {
    // Not ours: a proxy's page, say.
  }
  const message = problem.message ?? `The server answered ${response.status} ${response.statusText}.`;
  return new ApiError(
    response.status,
    message,
    problem.code ?? "unknown",
    problem.issues ?? [],
    problem.request_id ?? null,
  );
}

/** Calls an operation and returns the raw response. @throws ApiError, UnreachableError */
export async function callRaw<C extends Contract>(
  contract: C | Operation<C>,
  request: ApiRequest<C>,
  options: ApiOptions = {},
): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (options.token) headers.Authorization = `Bearer ${options.token}`;
  const init: RequestInit & { duplex?: "half" } = { method: contract.method, headers };
  if (options.signal) init.signal = options.signal;
  if (options.keepalive) init.keepalive = true;
  const mediaType = streamedType(contract.body);
  if (mediaType === null) {
    headers["Content-Type"] = "application/json";
    init.body = JSON.stringify(request.body ?? {});
  } else if (mediaType !== undefined) {
    headers["Content-Type"] = mediaType;
    init.body = request.body as BodyInit;
    init.duplex = "half";
  }
  let response: Response;
  try {
    response = await fetch(urlOf(contract, request, options.baseUrl ?? ""), init);
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new UnreachableError(`${options.baseUrl || "The server"} cannot be reached.`, { cause });
  }
  if (!response.ok) throw await errorOf(response);
  return response;
}

/** Calls an operation and returns what its contract promises. @throws ApiError, UnreachableError */
export async function callApi<C extends Contract>(
  contract: C | Operation<C>,
  request: ApiRequest<C>,
  options: ApiOptions = {},
): Promise<ResultOf<C>> {
  const response = await callRaw(contract, request, options);
  return (response.status === 204 ? undefined : await response.json()) as ResultOf<C>;
}

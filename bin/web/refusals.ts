import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { endpointProblem } from "@/lib/endpoints/problem";
import { AppError } from "@/lib/errors";
import { routedMethods } from "@/lib/http/method";
import { problemResponse } from "@/lib/http/respond";
import { newId } from "@/lib/ids";
import { allowedMethods } from "@/lib/openapi/allowed-methods";

/** What is answered before Next.js sees it, since it would answer badly or not at all. */

function isReadable(url: string): boolean {
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
}

const methodRefused = (method: string, path: string, allowed: readonly string[]) =>
  new AppError("method_not_allowed", `${path} does not answer ${method}.`, { headers: { Allow: allowed.join(", ") } });

function problemOf(method: string, url: string, isEndpoint: boolean): AppError | undefined {
  if (!isReadable(url)) {
    return new AppError(
      "bad_request",
      "The address holds a percent sign that is not followed by two hexadecimal digits of UTF-8.",
    );
  }
  // Endpoints have methods of their own, and a key that comes first.
  if (isEndpoint) return undefined;
  const path = url.split("?", 1)[0] ?? "";
  if (!routedMethods.includes(method)) return methodRefused(method, path, routedMethods);
  if (method === "OPTIONS" || !path.startsWith("/api/v1/")) return undefined;
  const allowed = allowedMethods(path);
  return allowed.length === 0 || allowed.includes(method) ? undefined : methodRefused(method, path, allowed);
}

/** The answer to a request that is not for Next.js; undefined for all others. */
export function refusalOf(method: string, url: string): Response | undefined {
  const isEndpoint = url.startsWith("/user-api/");
  const problem = problemOf(method, url, isEndpoint);
  if (!problem) return undefined;
  const { status, message, headers } = problem;
  return isEndpoint ? endpointProblem({ status, message, headers }) : problemResponse(problem, newId("request"));
}

export async function send(response: ServerResponse, answer: Response): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
}

/** Answers what never became a request: headers too large, or bytes that are not HTTP. */
export async function refuseConnection(error: NodeJS.ErrnoException, socket: Duplex): Promise<void> {
  if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
  const [status, message] =
    error.code === "HPE_HEADER_OVERFLOW"
      ? [431, "The address and the headers are larger than 16 KiB together. Send large values in the body."]
      : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? [408, "The request did not arrive in time."]
        : [400, "This is not an HTTP request."];
  const body = await endpointProblem({ status, message }).text();
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

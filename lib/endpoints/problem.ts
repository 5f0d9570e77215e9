import { AppError, type Issue } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { logger } from "@/lib/logger";

/** The error body of users' endpoints (RFC 9457), with `message` and `error` as Ryax's callers know them. */
export interface EndpointProblem {
  status: number;
  message: string;
  /** A RyaxException's own code. */
  code?: number;
  errors?: Issue[];
  workflow_run_id?: string;
  headers?: Record<string, string>;
}

const titles: Record<number, string> = {
  400: "Bad request",
  401: "Unauthorized",
  404: "Not found",
  405: "Method not allowed",
  408: "Request timeout",
  409: "Conflict",
  413: "Content too large",
  415: "Unsupported media type",
  422: "Unprocessable content",
  429: "Too many requests",
  431: "Request header fields too large",
  500: "Internal server error",
  502: "Bad gateway",
  503: "Service unavailable",
  504: "Gateway timeout",
  507: "Insufficient storage",
};

export function endpointProblem({ status, message, headers, ...more }: EndpointProblem): Response {
  const body = {
    type: "about:blank",
    title: titles[status] ?? (status < 500 ? "Request failed" : "Server error"),
    status,
    detail: message,
    message,
    error: message,
    ...more,
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/problem+json", ...headers },
  });
}

/** The answer for whatever was thrown while a call was being taken. */
export function endpointFailure(error: unknown): Response {
  if (error instanceof AppError) {
    const { status, message, headers, issues } = error;
    return endpointProblem({ status, message, headers, ...(issues.length > 0 && { errors: issues }) });
  }
  const requestId = newId("request");
  logger.error({ err: error, requestId }, "a call of an endpoint failed");
  return endpointProblem({
    status: 503,
    message: `The call could not be taken. Try again in a moment; the request id is ${requestId}.`,
    headers: { "Retry-After": "2", "X-Request-Id": requestId },
  });
}

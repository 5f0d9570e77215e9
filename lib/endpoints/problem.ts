import type { Issue } from "@/lib/errors";

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
  413: "Content too large",
  415: "Unsupported media type",
  422: "Unprocessable content",
  429: "Too many requests",
  500: "Internal server error",
  503: "Service unavailable",
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

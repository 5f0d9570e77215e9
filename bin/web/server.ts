import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import { endWithLauncher } from "@/lib/end-with-launcher";
import { addressHeader } from "@/lib/http/address";
import { methodHeader, routedMethods } from "@/lib/http/method";
import { securityHeaders } from "@/lib/http/security-headers";
import { visitedPathHeader } from "@/lib/http/visited-path";
import { traceToFile } from "@/lib/trace";
import { refusalOf, refuseConnection, send } from "./refusals";
import { answerEndpoint, endpointAddress } from "./user-api";

/**
 * Next.js behind a server of our own: it tells the caller's address from the socket, refuses what cannot be answered,
 * adds the headers that protect pages, and lets calls under way end before it stops.
 */

const drainMs = 10_000;
const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST ?? "127.0.0.1";
const trustProxy = process.env.MILLRACE_TRUST_PROXY === "1";

function setAddress(request: IncomingMessage): void {
  const forwarded = trustProxy
    ? String(request.headers["x-forwarded-for"] ?? "")
        .split(",")
        .at(-1)
        ?.trim()
    : "";
  request.headers[addressHeader] = forwarded || request.socket.remoteAddress || "unknown";
}

function setSecurityHeaders(request: IncomingMessage, response: ServerResponse, url: string): void {
  const nonce = randomBytes(16).toString("base64");
  const path = url.split("?", 1)[0] ?? "/";
  for (const [name, value] of Object.entries(securityHeaders(path, nonce, process.env.MILLRACE_PUBLIC_URL))) {
    response.setHeader(name, value);
    // Next.js reads the nonce for its scripts from the request's policy.
    if (name === "Content-Security-Policy") request.headers["content-security-policy"] = value;
  }
}

/** Next.js gets a method that it knows, and the route the one that was sent. */
function setMethod(request: IncomingMessage): void {
  delete request.headers[methodHeader];
  const { method = "GET" } = request;
  if (routedMethods.includes(method)) return;
  request.headers[methodHeader] = method;
  request.method = "OPTIONS";
}

async function main(): Promise<void> {
  // Until there are calls to be answered.
  let stop = (): void => process.exit(1);
  endWithLauncher(() => stop());
  const { MILLRACE_TRACE_FILE } = process.env;
  if (MILLRACE_TRACE_FILE) traceToFile(MILLRACE_TRACE_FILE);
  const app = next({ dev: false, dir: process.cwd(), hostname: host, port });
  const handle = app.getRequestHandler();
  await app.prepare();
  const server = createServer((request, response) => {
    const url = request.url ?? "/";
    const refusal = refusalOf(request.method ?? "GET", url);
    if (refusal) return send(response, refusal);
    // Next.js would redirect these, and a redirect loses a POST's body.
    if (url.startsWith("/user-api/")) request.url = url.replace(/^[^?]*/, (path) => path.replace(/\/{2,}/g, "/"));
    setAddress(request);
    request.headers[visitedPathHeader] = url;
    delete request.headers["content-security-policy"];
    setSecurityHeaders(request, response, url);
    setMethod(request);
    const endpoint = endpointAddress(request.url ?? url);
    return endpoint ? answerEndpoint(endpoint, request, response) : handle(request, response);
  });
  server.on("clientError", refuseConnection);
  // A caller may wait for as long as its endpoint allows; only sending the request has a limit.
  server.requestTimeout = 30 * 60_000;
  server.headersTimeout = 30_000;
  server.keepAliveTimeout = 65_000;
  server.listen({ port, host, backlog: 4096 }, () => process.send?.({ ready: true }));
  stop = () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), drainMs).unref();
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});

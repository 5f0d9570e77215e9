import { createServer, type IncomingMessage } from "node:http";
import next from "next";
import { methodHeader, routedMethods } from "@/lib/http/method";
import { refusalOf, refuseConnection, send } from "./refusals";

/**
 * Next.js behind a server of our own: it tells the caller's address from the socket, refuses what cannot be
 * answered, and lets calls under way end before it stops.
 */

const addressHeader = "x-millrace-address";
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

/** Next.js gets a method that it knows, and the route the one that was sent. */
function setMethod(request: IncomingMessage): void {
  delete request.headers[methodHeader];
  const { method = "GET" } = request;
  if (routedMethods.includes(method)) return;
  request.headers[methodHeader] = method;
  request.method = "OPTIONS";
}

async function main(): Promise<void> {
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
    setMethod(request);
    return handle(request, response);
  });
  server.on("clientError", refuseConnection);
  // A caller may wait for as long as its endpoint allows; only sending the request has a limit.
  server.requestTimeout = 30 * 60_000;
  server.headersTimeout = 30_000;
  server.keepAliveTimeout = 65_000;
  server.listen({ port, host, backlog: 4096 }, () => process.send?.({ ready: true }));
  const stop = () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), drainMs).unref();
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.on("disconnect", stop);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});

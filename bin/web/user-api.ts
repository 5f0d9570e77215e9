import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as WebStream } from "node:stream/web";
import { callEndpoint, isStreamed } from "@/lib/endpoints";
import { addressHeader } from "@/lib/http/address";
import { methodHeader } from "@/lib/http/method";
import { reservedPaths } from "@/lib/workflows/definition/http-endpoint";

/**
 * Users' endpoints are answered here and not by a route of Next.js, which took a tenth of a short call's time
 * (docs/decisions/005-endpoints-before-next.md).
 */
export interface EndpointAddress {
  projectId: string;
  /** Below the project URL, as it was sent. */
  path: string;
}

const underProject = /^\/user-api\/([^/?]+)([^?]*)/;

/** Undefined for what is Next.js' to answer: pages, and the documents below a project URL. */
export function endpointAddress(url: string): EndpointAddress | undefined {
  const [, projectId, path = ""] = underProject.exec(url) ?? [];
  if (projectId === undefined) return undefined;
  const isReserved = reservedPaths.includes(path.replace(/\/+$/, ""));
  return isReserved ? undefined : { projectId, path: path || "/" };
}

const ownHeader = /^x-millrace-/;

/** Our own are taken from where the server has set them: what a caller sends under such a name is none. */
function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headersDistinct)) {
    if (!ownHeader.test(name)) for (const one of value ?? []) headers.append(name, one);
  }
  for (const name of [addressHeader, methodHeader]) {
    const value = request.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  return headers;
}

function toWebRequest(request: IncomingMessage, signal: AbortSignal): Request {
  const { method = "GET" } = request;
  const hasBody = method !== "GET" && method !== "HEAD";
  // Only the path and the query of it are read.
  return new Request(`http://endpoint${request.url}`, {
    method,
    headers: headersOf(request),
    signal,
    ...(hasBody && { body: Readable.toWeb(request) as ReadableStream, duplex: "half" }),
  });
}

async function send(answer: Response, response: ServerResponse, isHead: boolean): Promise<void> {
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.writeHead(answer.status);
  if (isHead || !answer.body) response.end();
  // Files say how large they are and are streamed, and so is what a trigger serves; the rest is in memory already.
  else if (answer.headers.has("content-length") || isStreamed(answer))
    await pipeline(Readable.fromWeb(answer.body as WebStream), response).catch(() => {});
  else response.end(Buffer.from(await answer.arrayBuffer()));
}

export async function answerEndpoint(
  { projectId, path }: EndpointAddress,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const hungUp = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) hungUp.abort();
  });
  const isHead = request.method === "HEAD";
  const answer = await callEndpoint(projectId, path, toWebRequest(request, hungUp.signal));
  if (!response.destroyed) await send(answer, response, isHead);
}

import { type IncomingMessage, request as startRequest } from "node:http";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as WebStream } from "node:stream/web";
import { inProject } from "@/lib/db";
import { AppError, messageOf } from "@/lib/errors";
import { limitBody } from "@/lib/http/body";
import { connectToService, serviceUnavailable } from "@/lib/services";
import { findListener, type ListenerRow } from "@/lib/workflows";
import { pathBelow } from "@/lib/workflows/definition/check-service";
import { admit } from "./admission";
import { endpointProblem } from "./problem";
import type { LiveService } from "./router";
import { headersForCaller, headersForService } from "./service-headers";

export const maxServiceBodyBytes = 1024 * 1024 * 1024;
const bodiless = [204, 205, 304];

const streamed = new WeakSet<Response>();

/** Whether an answer is still being made, and is to be passed on as it comes. */
export function isStreamed(response: Response): boolean {
  return streamed.has(response);
}

export interface ServiceCall {
  method: string;
  /** As it was sent, the prefix included. */
  path: string;
  request: Request;
}

/** Why there is nobody to answer, where it is not just being started. */
function unavailableReason(row: ListenerRow | undefined): string | undefined {
  if (row?.state === "ended")
    return "The trigger has ended by itself: what it served is gone until it is deployed again.";
  if (row?.state === "failed") return "The trigger has failed and is started again soon. Its log says why.";
  if (row?.state === "running") return "The trigger cannot be called where it runs. Its log says why.";
  return undefined;
}

async function connect({ projectId, workflowId }: LiveService): Promise<Socket> {
  const row = await inProject(projectId, (tx) => findListener(tx, projectId, workflowId));
  if (!row?.address || !row.holder) throw serviceUnavailable(unavailableReason(row));
  return connectToService({ workflowId, holder: row.holder, address: row.address });
}

/** Hands a call to the process of a live trigger, and what that answers to the caller, both as they come. */
export async function answerService(live: LiveService, call: ServiceCall): Promise<Response> {
  const leave = await admit(live.projectId);
  let isLeft = false;
  const over = () => {
    if (!isLeft) leave();
    isLeft = true;
  };
  try {
    const body = limitBody(call.request, maxServiceBodyBytes);
    const socket = await connect(live);
    socket.once("close", over);
    return await exchange(live, call, body, socket);
  } catch (error) {
    over();
    throw error;
  }
}

async function exchange(
  { projectId, service }: LiveService,
  { method, path, request }: ServiceCall,
  body: ReadableStream<Uint8Array> | null,
  socket: Socket,
): Promise<Response> {
  const below = pathBelow(service.prefix, path) ?? "/";
  // What the caller's paths begin with, and those that the process knows do not.
  const prefix = `/user-api/${projectId}${service.strip ? service.prefix : ""}`;
  const asked = startRequest({
    createConnection: () => socket,
    method,
    path: (service.strip ? below : path) + new URL(request.url).search,
    headers: headersForService(request.headers, prefix),
    signal: request.signal,
  });
  let refusal: AppError | undefined;
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    asked.once("response", resolve);
    asked.once("error", reject);
    // None that was asked for: upgrades are not passed on.
    asked.once("upgrade", (_answer, upgraded) => upgraded.destroy());
  });
  const sent = body ? pipeline(Readable.fromWeb(body as WebStream), asked) : asked.end();
  if (sent instanceof Promise)
    sent.catch((error) => {
      if (error instanceof AppError) refusal = error;
    });
  const timer = setTimeout(() => asked.destroy(new TimedOut()), service.timeoutSeconds * 1000);
  try {
    const place = { prefix, host: request.headers.get("host") ?? "" };
    return responseOf(await answered, method, place);
  } catch (error) {
    if (refusal) throw refusal;
    socket.destroy();
    return failure(error, service.timeoutSeconds);
  } finally {
    clearTimeout(timer);
  }
}

class TimedOut extends Error {}

function failure(error: unknown, timeoutSeconds: number): Response {
  if (error instanceof AppError) throw error;
  if (error instanceof TimedOut)
    return endpointProblem({
      status: 504,
      message: `The trigger did not begin to answer within ${timeoutSeconds} s.`,
    });
  const isClosed = ["ECONNRESET", "EPIPE"].includes((error as { code?: string }).code ?? "");
  const what = isClosed ? "closed the connection before it answered" : `gave no answer of HTTP: ${messageOf(error)}`;
  return endpointProblem({ status: 502, message: `The trigger's process ${what}.` });
}

function responseOf(answer: IncomingMessage, method: string, place: { prefix: string; host: string }): Response {
  const status = answer.statusCode ?? 0;
  if (status < 200 || status > 599) {
    answer.destroy();
    return endpointProblem({ status: 502, message: `The trigger's process answered with the status ${status}.` });
  }
  answer.on("error", () => {});
  const hasBody = method !== "HEAD" && !bodiless.includes(status);
  if (!hasBody) answer.resume();
  const body = hasBody ? (Readable.toWeb(answer) as ReadableStream) : null;
  const response = new Response(body, { status, headers: headersForCaller(answer.headersDistinct, place) });
  streamed.add(response);
  return response;
}

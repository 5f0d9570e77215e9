import { inProject } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { methodOf } from "@/lib/http/method";
import { logger } from "@/lib/logger";
import { acceptRun, type EndListener, listenForEnd, newRunInput, noteAnswered } from "@/lib/runs";
import { noteMoment } from "@/lib/trace";
import type { StoredValues } from "@/lib/values";
import { httpMethods } from "@/lib/workflows/definition/http-endpoint";
import { admit } from "./admission";
import { acceptedAnswer, endedAnswer } from "./answer";
import { answerService } from "./answer-service";
import { answerWebhook } from "./answer-webhook";
import { callerKey } from "./caller-key";
import { isPreflight, preflightAnswer, withCors } from "./cors";
import { idempotencyKeyOf, keyedCall } from "./idempotency";
import { replayedHeader } from "./idempotency-header";
import { endpointFailure } from "./problem";
import { readInputs } from "./read-inputs";
import { findRoutes, type LiveEndpoint, type ProjectRoutes } from "./router";

/** “Without limit” still ends here: connections do not live for ever, and the run goes on in any case. */
export const waitCeilingSeconds = 3_600;
const hungUpStatus = 499;

function waitMsOf(replyTimeoutSeconds: number): number {
  const seconds = replyTimeoutSeconds < 0 ? waitCeilingSeconds : Math.min(replyTimeoutSeconds, waitCeilingSeconds);
  return seconds * 1000;
}

async function assertKey(routes: ProjectRoutes, request: Request): Promise<string | null> {
  const key = await callerKey(routes.projectId, request.headers);
  if (key) return key.id;
  if (!routes.requireKey) return null;
  throw new AppError(
    "unauthorized",
    "This endpoint needs a valid API key: send it as `Authorization: Bearer <key>` or `X-API-Key: <key>`.",
    {
      headers: { "WWW-Authenticate": 'Bearer realm="millrace"' },
    },
  );
}

function refuse(routes: ProjectRoutes, method: string, path: string): never {
  const allowed = routes.allowed(path);
  if (allowed.length === 0) throw new AppError("not_found", `There is no endpoint at ${path}.`);
  throw new AppError("method_not_allowed", `${path} does not answer ${method}.`, {
    headers: { Allow: allowed.join(", ") },
  });
}

/**
 * Answers a call of a user's endpoint: finds the live version, checks key and inputs, starts the run and waits for its
 * end as long as the endpoint's author allows.
 */
export async function callEndpoint(projectId: string, path: string, request: Request): Promise<Response> {
  if (isPreflight(request)) return preflightAnswer(httpMethods);
  return withCors(await answerCall(projectId, path, request).catch(endpointFailure));
}

async function answerCall(projectId: string, path: string, request: Request): Promise<Response> {
  const routes = await findRoutes(projectId);
  const method = methodOf(request);
  const service = routes.serviceAt(path);
  if (service) {
    if (service.service.requireKey ?? routes.requireKey) await assertKey({ ...routes, requireKey: true }, request);
    return answerService(service, { method, path, request });
  }
  const found = routes.match(method, path);
  // Who signs what is sent has no key.
  if (found && "webhook" in found.target && found.target.webhook.verification !== "none")
    return answerWebhook(found.target, method, found.params, request);
  // A key before a path: a stranger's guesses tell nothing.
  const apiKeyId = await assertKey(routes, request);
  const { target, params } = found ?? refuse(routes, method, path);
  if ("webhook" in target) return answerWebhook(target, method, params, request);
  const endpoint = target;
  const leave = await admit(projectId);
  try {
    const input = await readInputs(request, new URL(request.url), params, projectId, endpoint.contract);
    const key = idempotencyKeyOf(request.headers);
    const call = { input, apiKeyId, signal: request.signal };
    return await (key === null ? runAndAnswer(endpoint, call) : runOnceAndAnswer(endpoint, call, key));
  } finally {
    leave();
  }
}

interface Call {
  input: StoredValues;
  apiKeyId: string | null;
  signal: AbortSignal;
}

async function runAndAnswer(endpoint: LiveEndpoint, { input, apiKeyId, signal }: Call): Promise<Response> {
  const waitMs = waitMsOf(endpoint.contract.replyTimeoutSeconds);
  const run = newRunInput(endpoint, { source: "http", input, isAwaited: waitMs > 0, apiKeyId });
  const { projectId, runId } = run;
  noteMoment(runId, "web.read");
  const listener = listenForEnd(projectId, runId);
  try {
    await acceptRun(run, waitMs > 0);
    noteMoment(runId, "web.accepted");
    const ended = waitMs > 0 && (await listener.wait(waitMs, signal));
    const answer = ended && (await answerOfEnded(endpoint, runId, listener));
    noteMoment(runId, "web.answered");
    if (answer) return answer;
    note(projectId, runId, signal.aborted ? hungUpStatus : 202);
    return acceptedAnswer(projectId, runId);
  } finally {
    listener.close();
  }
}

/** The same for a call with an `Idempotency-Key`: sent again, it has the run and the answer of the first. */
async function runOnceAndAnswer(endpoint: LiveEndpoint, call: Call, key: string): Promise<Response> {
  const { projectId } = endpoint;
  const waitMs = waitMsOf(endpoint.contract.replyTimeoutSeconds);
  const { runId, accept } = keyedCall(endpoint, key, { ...call, isAwaited: waitMs > 0 });
  const listener = listenForEnd(projectId, runId);
  try {
    const { outcome } = await accept();
    // A run of an earlier call may have ended before anybody listened.
    const answer =
      (outcome === "duplicate" && (await answerOfEnded(endpoint, runId, listener))) ||
      (waitMs > 0 && (await listener.wait(waitMs, call.signal)) && (await answerOfEnded(endpoint, runId, listener)));
    if (!answer && outcome === "started") note(projectId, runId, call.signal.aborted ? hungUpStatus : 202);
    const sent = answer || acceptedAnswer(projectId, runId);
    if (outcome === "duplicate") sent.headers.set(replayedHeader, "true");
    return sent;
  } finally {
    listener.close();
  }
}

/** Undefined when the answer cannot be read just now: the run is accepted all the same, and its result link answers later. */
async function answerOfEnded(
  endpoint: LiveEndpoint,
  runId: string,
  listener: EndListener,
): Promise<Response | undefined> {
  try {
    noteMoment(runId, "web.woken");
    const row = await listener.read();
    return row && (await endedAnswer(endpoint.contract, row));
  } catch (error) {
    logger.warn({ err: error, runId }, "an ended run's answer could not be read");
    return undefined;
  }
}

/** Only what differs from the run's own status is written down, so that the usual answer costs no write. */
function note(projectId: string, runId: string, status: number): void {
  inProject(projectId, (tx) => noteAnswered(tx, projectId, runId, status)).catch((error) => {
    logger.warn({ err: error, runId }, "could not note what a caller was answered");
  });
}

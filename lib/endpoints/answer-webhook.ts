import { inProject } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { readBody } from "@/lib/http/body";
import { newId } from "@/lib/ids";
import {
  answerOpenQuestion,
  answerSignedQuestion,
  deliveryNames,
  type EventStart,
  identityAt,
  reasonToIgnore,
  signatureProblem,
  startRunFromEvent,
} from "@/lib/triggers";
import { loadValue, type StoredValue } from "@/lib/values";
import { findVariables } from "@/lib/variables";
import { webhookMethod } from "@/lib/workflows/definition/check-webhook";
import { admit } from "./admission";
import { noteRefused } from "./note-refused";
import { type DeliveredBody, eventsIn, namesIn, readDeliveredBody, readDelivery } from "./read-delivery";
import type { LiveWebhook } from "./router";

/** The largest that GitHub sends. */
const maxDeliveryBytes = 25 * 1024 * 1024;

/** @throws AppError `unavailable`: the sender tries again, by when somebody may have seen the reason */
async function secretOf({ projectId, webhook }: LiveWebhook): Promise<string> {
  const { secret } = webhook;
  if (!secret || "link" in secret) return "";
  let stored: StoredValue | undefined;
  if ("stored" in secret) stored = secret.stored;
  else
    [stored] = (await inProject(projectId, (tx) => findVariables(tx, projectId, [secret.variable]))).map(
      (row) => row.value,
    );
  if (!stored) throw new AppError("unavailable", "The variable that holds the webhook's secret does not exist.");
  return String((await loadValue(projectId, stored)) ?? "");
}

/** What its sender has to know of a delivery: that it is kept. */
function accepted(target: LiveWebhook, runId: string, outcome: "started" | "duplicate"): Response {
  const headers = { "X-Workflow-Run-Id": runId };
  // Slack shows people what it is answered, and takes nothing but 200 from some of its senders.
  if (target.webhook.verification === "slack") return new Response(null, { status: 200, headers });
  const status = outcome === "started" ? 202 : 200;
  return Response.json({ workflow_run_id: runId }, { status, headers });
}

/** How far a delivery has come, for what is written down of one that is refused. */
interface Progress {
  identity: string | null;
}

/** Answers another service: checks that it is who it says, and answers once the run is kept. */
export async function answerWebhook(
  target: LiveWebhook,
  method: string,
  params: Record<string, string>,
  request: Request,
): Promise<Response> {
  const progress: Progress = { identity: null };
  try {
    const leave = await admit(target.projectId);
    return await answer(target, method, params, request, progress).finally(leave);
  } catch (error) {
    if (error instanceof AppError) await noteFailure(target, error, progress);
    throw error;
  }
}

async function noteFailure(target: LiveWebhook, error: AppError, { identity }: Progress): Promise<void> {
  // A run that cannot be accepted just now has an event already, which the sender will come back for.
  if (["unavailable", "rate_limited"].includes(error.code) && identity !== null) return;
  const outcome = error.code === "rate_limited" ? "limited" : "rejected";
  const reason = error.message;
  await noteRefused(target, { kind: "webhook", identity: identity ?? "(unknown)", outcome, reason });
}

async function answer(
  target: LiveWebhook,
  method: string,
  params: Record<string, string>,
  request: Request,
  progress: Progress,
): Promise<Response> {
  const { projectId, webhook } = target;
  const { headers } = request;
  const { searchParams: query } = new URL(request.url);
  const secret = await secretOf(target);
  const openAnswer = answerOpenQuestion(method, query, secret);
  if (openAnswer) return openAnswer;
  if (method !== webhookMethod) {
    const allow = { Allow: webhookMethod };
    throw new AppError("method_not_allowed", `The webhook does not answer ${method}.`, { headers: allow });
  }
  const bytes = await readBody(request, maxDeliveryBytes);
  const problem = signatureProblem(webhook, { method, url: publicAddress(request), headers, body: bytes }, secret);
  if (problem) throw new AppError("unauthorized", problem);
  const body = await readDeliveredBody(projectId, webhook, headers, bytes);
  const signedAnswer = answerSignedQuestion(webhook, headers, body.json);
  if (signedAnswer) return signedAnswer;
  const take = (event: DeliveredBody) => takeEvent(target, { request, query, params, body: event }, progress);
  if (webhook.reading?.each) return answerMany(target, eventsIn(body), take, progress);
  const taken = await take(body);
  if ("ignored" in taken) return Response.json(taken);
  return accepted(target, taken.runId, taken.outcome);
}

/** What senders were told, whatever proxies have made of it. */
function publicAddress(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return new URL(pathname + search, env().MILLRACE_PUBLIC_URL).toString();
}

interface Delivered {
  request: Request;
  query: URLSearchParams;
  params: Record<string, string>;
  body: DeliveredBody;
}

type Taken = EventStart | { ignored: string };

/** Starts a run for one event, unless it is one that nobody wants. */
async function takeEvent(target: LiveWebhook, delivered: Delivered, progress: Progress): Promise<Taken> {
  const { projectId, webhook } = target;
  const { request, query, params, body } = delivered;
  const { headers } = request;
  const { reading } = webhook;
  // Two deliveries without a name are two events, however alike.
  const identity =
    identityAt(reading?.identity ?? [], headers, body.json) ??
    deliveryNames(webhook, headers, namesIn(body)).delivery ??
    newId("event");
  progress.identity = identity;
  const ignored = reading && reasonToIgnore(reading, headers, body.json);
  if (ignored) {
    await noteRefused(target, { kind: "webhook", identity, outcome: "ignored", reason: ignored });
    return { ignored };
  }
  const input = await readDelivery(projectId, webhook, request, query, params, body);
  return startRunFromEvent(target, { kind: "webhook", identity, input });
}

/** Answers for all events of a delivery at once: one that cannot be read keeps no other one out. */
async function answerMany(
  target: LiveWebhook,
  events: DeliveredBody[],
  take: (event: DeliveredBody) => Promise<Taken>,
  progress: Progress,
): Promise<Response> {
  const runIds: string[] = [];
  let isFirst = false;
  for (const event of events) {
    try {
      const taken = await take(event);
      if ("ignored" in taken) continue;
      runIds.push(taken.runId);
      isFirst ||= taken.outcome === "started";
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "invalid_input") throw error;
      await noteFailure(target, error, progress);
    }
  }
  return Response.json({ workflow_run_ids: runIds }, { status: isFirst ? 202 : 200 });
}

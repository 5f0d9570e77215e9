import { RateLimiterMemory } from "rate-limiter-flexible";
import { AppError } from "@/lib/errors";
import { callerAddress } from "@/lib/http/address";
import { newId } from "@/lib/ids";
import { resultLink } from "@/lib/runs";
import { startRunFromEvent } from "@/lib/triggers";
import { type StoredValues, storeValue } from "@/lib/values";
import { admit } from "./admission";
import { idempotencyKeyOf } from "./idempotency";
import { findLiveForm, type LiveForm } from "./live-form";
import { noteRefused } from "./note-refused";
import { readBodyValues } from "./read-body";
import { bodyValueOf } from "./read-inputs";
import { shownHeaders } from "./shown-headers";
import { lookFor, storeFound } from "./store-found";

const windowSeconds = 60;

/** One per number of forms that an address may send, of which settings allow few; each web process counts for itself. */
const limiters = new Map<number, RateLimiterMemory>();

async function assertWithinLimit({ workflowId, form }: LiveForm, address: string): Promise<void> {
  const points = form.limitPerMinute;
  const limiter = limiters.get(points) ?? new RateLimiterMemory({ points, duration: windowSeconds });
  limiters.set(points, limiter);
  const refused = await limiter.consume(`${workflowId} ${address}`).then(
    () => false,
    () => true,
  );
  if (!refused) return;
  throw new AppError("rate_limited", "This form has been sent very often from here. Try again in a minute.", {
    retryAfterSeconds: windowSeconds,
  });
}

async function readForm(target: LiveForm, request: Request): Promise<StoredValues> {
  const { projectId, form, plan } = target;
  const body = await readBodyValues(request, projectId, form.inputs, "always a form");
  const fields = await storeFound(
    projectId,
    lookFor(form.inputs, {
      ofBody: (input) => bodyValueOf(input, body),
      textOf: () => undefined,
    }),
  );
  const fixed: StoredValues = {};
  for (const { name } of plan.trigger.outputs)
    if (name === "ryax_headers") fixed[name] = await storeValue(projectId, shownHeaders(request.headers));
  return { ...fixed, ...fields };
}

/** Starts the run of a form that somebody has filled in, and says where its result will be. */
export async function submitForm(projectId: string, workflowId: string, request: Request): Promise<Response> {
  const target = await findLiveForm(projectId, workflowId);
  // A page names what it sends, so that a second press, or a second try, is one run.
  const identity = idempotencyKeyOf(request.headers) ?? newId("event");
  try {
    await assertWithinLimit(target, callerAddress(request.headers));
    const leave = await admit(projectId);
    try {
      const input = await readForm(target, request);
      const { runId } = await startRunFromEvent(target, { kind: "form", identity, input, isAwaited: true });
      const answer = { workflow_run_id: runId, result_link: resultLink(projectId, runId) };
      return Response.json(answer, { status: 201, headers: { "X-Workflow-Run-Id": runId } });
    } finally {
      leave();
    }
  } catch (error) {
    if (error instanceof AppError && error.code === "rate_limited")
      await noteRefused(target, { kind: "form", identity, outcome: "limited", reason: error.message });
    throw error;
  }
}

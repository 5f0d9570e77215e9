import { setTimeout as delay } from "node:timers/promises";
import { isPermanentFailure, withoutNul } from "@/lib/db";
import { AppError, type ErrorCode, messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";
import type { StartableVersion } from "@/lib/runs";
import { identityOf, noteEvent, readCursor, setCursor, startRunFromEvent } from "@/lib/triggers";
import { isDefect } from "../steps/defect";
import type { SecretMask } from "../steps/mask";
import { OutputInvalid, type OutputReceiver } from "../steps/output-receiver";
import { storeOutputs } from "../steps/store-outputs";
import type { OpenRunLimit } from "./open-run-limit";
import type { KnownRequest } from "./requests";

export interface RequestContext {
  version: StartableVersion;
  mask: SecretMask;
  limit: OpenRunLimit;
  /** Aborted once this worker may not listen any more. */
  signal: AbortSignal;
}

export interface RequestAnswer {
  result: string | null;
  error: string | null;
  rejected?: boolean;
}

const retryMs = { first: 200, most: 5_000 };
/** A full project has room again as its runs end, or as some are deleted. */
const passing: ReadonlySet<ErrorCode> = new Set(["unavailable", "rate_limited", "storage_full"]);

/** What is only away for now is waited for: the source waits with it. */
async function untilThere<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  for (let waitMs = retryMs.first; ; waitMs = Math.min(waitMs * 2, retryMs.most)) {
    signal.throwIfAborted();
    try {
      return await run();
    } catch (error) {
      const isFinal = error instanceof AppError && !passing.has(error.code);
      if (isFinal || isDefect(error) || isPermanentFailure(error)) throw error;
      logger.warn({ reason: messageOf(error) }, "what a trigger asked for is tried again");
      await delay(waitMs, undefined, { signal });
    }
  }
}

async function reject({ version, mask }: RequestContext, identity: string, reason: string): Promise<RequestAnswer> {
  const { projectId, workflowId, versionId } = version;
  const noted = {
    projectId,
    workflowId,
    workflowVersionId: versionId,
    kind: "trigger",
    identity: identityOf(identity),
  };
  await noteEvent({ ...noted, outcome: "rejected", reason: withoutNul(mask.hide(reason)) });
  return { result: null, error: null };
}

type Params<Method extends KnownRequest["method"]> = Extract<KnownRequest, { method: Method }>["params"];

/** Resolves once Temporal has the run: only then may the trigger tell its source so. */
async function createRun(
  context: RequestContext,
  { identity, outputs }: Params<"create_run">,
  receiver: OutputReceiver,
): Promise<RequestAnswer> {
  const { version, mask, limit, signal } = context;
  const { projectId, plan } = version;
  try {
    // Files are taken once; what fails on the way is the trigger's to send again.
    const input = await storeOutputs(projectId, plan.trigger, outputs, receiver, mask);
    await untilThere(signal, () => limit.pass(signal));
    const event = { kind: "trigger", identity, input } as const;
    const { runId } = await untilThere(signal, () => startRunFromEvent(version, event));
    return { result: runId, error: null };
  } catch (error) {
    if (!(error instanceof OutputInvalid)) throw error;
    await reject(context, identity, error.message);
    return { result: null, error: error.message, rejected: true };
  }
}

async function dispatch(context: RequestContext, request: KnownRequest, receiver: OutputReceiver) {
  const { version, signal } = context;
  const placeOf = (key: string) => ({ projectId: version.projectId, workflowId: version.workflowId, key });
  switch (request.method) {
    case "create_run":
      return createRun(context, request.params, receiver);
    case "create_invalid":
      return reject(context, request.params.identity, request.params.reason);
    case "create_error":
      return reject(context, request.params.identity, "The trigger said that there was an error.");
    case "get_cursor":
      return { result: await untilThere(signal, () => readCursor(placeOf(request.params.key))), error: null };
    case "set_cursor":
      await untilThere(signal, () => setCursor(placeOf(request.params.key), request.params.value));
      return { result: null, error: null };
  }
}

/** Null once this worker may not listen any more, when nothing is to be answered. */
export async function answerRequest(
  context: RequestContext,
  request: KnownRequest,
  receiver: OutputReceiver,
): Promise<RequestAnswer | null> {
  try {
    return await dispatch(context, request, receiver);
  } catch (error) {
    if (context.signal.aborted) return null;
    if (error instanceof AppError) return { result: null, error: messageOf(error) };
    logger.error({ err: error, workflowId: context.version.workflowId }, "a trigger's request could not be answered");
    return { result: null, error: "Millrace could not do this. The instance's log says why." };
  }
}

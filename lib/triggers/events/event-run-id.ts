import { createHmac } from "node:crypto";
import { keyFor } from "@/lib/crypto/keys";
import { runIdFrom } from "@/lib/ids";

/**
 * The id of the run that an event starts, wherever and however often it comes in. It is keyed, so that whoever knows an
 * event cannot tell its run's id. Versions are not in it: an event that comes again after a deployment is still one run.
 */
export function eventRunId(projectId: string, workflowId: string, identity: string, occurredAt: Date | null): string {
  const key = keyFor("run-ids");
  const bytes = createHmac("sha256", key)
    .update(JSON.stringify([projectId, workflowId, identity]))
    .digest();
  return runIdFrom(bytes, occurredAt);
}

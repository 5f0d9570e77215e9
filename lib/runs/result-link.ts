import { keyFor } from "@/lib/crypto/keys";
import { isSignature, sign } from "@/lib/crypto/tokens";
import { env } from "@/lib/env";

const signed = (projectId: string, runId: string) => `result:${projectId}:${runId}`;

/** A link that answers with a run's result to whoever holds it, as long as the run is kept. */
export function resultLink(projectId: string, runId: string): string {
  const url = new URL(`/results/${projectId}/${runId}`, env().MILLRACE_PUBLIC_URL);
  url.searchParams.set("token", sign(keyFor("result-links"), signed(projectId, runId)));
  return url.toString();
}

export function isResultToken(projectId: string, runId: string, token: string): boolean {
  return isSignature(keyFor("result-links"), signed(projectId, runId), token);
}

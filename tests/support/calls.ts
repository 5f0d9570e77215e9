import { setTimeout as delay } from "node:timers/promises";
import type { TestProject } from "./project";

/** What became of one call of an endpoint. */
export interface Call {
  token: string;
  /** Undefined where the connection was lost before an answer. */
  status?: number;
  body?: Record<string, unknown>;
  /** The run's id, from a 202's body or the answer's header. */
  runId?: string;
}

async function call(project: TestProject, path: string, token: string): Promise<Call> {
  try {
    const answer = await project.post(path, { token });
    const body = (await answer.json()) as Record<string, unknown>;
    const runId = answer.headers.get("x-workflow-run-id") ?? undefined;
    return { token, status: answer.status, body, ...(runId && { runId }) };
  } catch {
    return { token };
  }
}

/** Calls an endpoint at a steady pace, whatever becomes of the calls before, each with a token of its own. */
export async function callSteadily(project: TestProject, path: string, count: number, everyMs: number, prefix: string) {
  const calls: Promise<Call>[] = [];
  for (let index = 0; index < count; index++) {
    calls.push(call(project, path, `${prefix}-${index}`));
    await delay(everyMs);
  }
  return Promise.all(calls);
}

/** Whether the call was accepted: its caller was told of a run. */
export function isAccepted({ status }: Call): boolean {
  return status === 200 || status === 201 || status === 202;
}

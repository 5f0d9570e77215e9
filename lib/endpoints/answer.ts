import { type EndedRun, resultLink, streamStored } from "@/lib/runs";
import { isUsableErrorCode, type RunError } from "@/lib/runs/outcome";
import { isStoredFile, loadJsonText, type StoredValue } from "@/lib/values";
import type { AnswerContract } from "@/lib/workflows/definition/plan";
import { endpointProblem } from "./problem";

/** How long a caller with a result link does well to wait before it asks again. */
const retryAfterSeconds = "1";

const runHeader = (run: { id: string }) => ({ "X-Workflow-Run-Id": run.id });

/** 202: exactly these two keys, as Ryax has them. */
export function acceptedAnswer(projectId: string, runId: string): Response {
  const link = resultLink(projectId, runId);
  return new Response(JSON.stringify({ result_link: link, workflow_run_id: runId }), {
    status: 202,
    headers: {
      "Content-Type": "application/json",
      Location: link,
      "Retry-After": retryAfterSeconds,
      ...runHeader({ id: runId }),
    },
  });
}

/** The answer that the contract gives a run which has ended. */
export async function endedAnswer(contract: AnswerContract, run: EndedRun): Promise<Response> {
  if (run.state === "completed") return resultAnswer(contract, run);
  return failedAnswer(run.id, run.state === "canceled" ? "canceled" : "failed", run.error);
}

function failedAnswer(runId: string, state: "failed" | "canceled", error: RunError | null): Response {
  const headers = runHeader({ id: runId });
  if (state === "canceled") {
    return endpointProblem({ status: 500, message: "The run was canceled.", workflow_run_id: runId, headers });
  }
  if (!error?.ryax) {
    const message = `The run failed. Its id, ${runId}, finds the reason in the dashboard.`;
    return endpointProblem({ status: 500, message, workflow_run_id: runId, headers });
  }
  const { message, code } = error.ryax;
  const status = isUsableErrorCode(code) ? code : 500;
  return endpointProblem({ status, message, workflow_run_id: runId, headers, ...(code !== null && { code }) });
}

async function resultAnswer(contract: AnswerContract, run: EndedRun): Promise<Response> {
  const result = run.result ?? [];
  if (contract.results.kind === "file") {
    const [, stored] = result[0] ?? [];
    if (!stored || !isStoredFile(stored)) {
      return endpointProblem({
        status: 500,
        message: "The run ended without the file that it should answer.",
        workflow_run_id: run.id,
      });
    }
    const file = await streamStored(run.projectId, stored);
    return new Response(file.body, {
      status: contract.successStatus,
      headers: { ...Object.fromEntries(file.headers), ...runHeader(run) },
    });
  }
  // Put together from each value's own text: a large one is not parsed to be written again.
  const members: string[] = [];
  for (const [key, stored] of result) members.push(`${JSON.stringify(key)}:${await jsonOf(run, stored)}`);
  return new Response(`{${members.join(",")}}`, {
    status: contract.successStatus,
    headers: { "Content-Type": "application/json", ...runHeader(run) },
  });
}

async function jsonOf(run: EndedRun, stored: StoredValue): Promise<string> {
  if (!isStoredFile(stored)) return loadJsonText(run.projectId, stored);
  const link = new URL(resultLink(run.projectId, run.id));
  link.searchParams.set("file", stored.blob);
  return JSON.stringify(link.toString());
}

import type { UserActor } from "@/lib/auth";
import { asUser, inProject } from "@/lib/db";
import { isRunId } from "@/lib/ids";
import { projectOfKey } from "@/lib/keys";
import { listProjectsOfUser } from "@/lib/projects";
import { findRun, type RunRow } from "@/lib/runs";
import { isRunOver } from "@/lib/runs/status";
import { findVersion } from "@/lib/workflows";
import { type AnswerContract, answerContractOf } from "@/lib/workflows/definition/plan";
import { endedAnswer } from "./answer";
import { callerKey, keyInRequest } from "./caller-key";
import { endpointProblem } from "./problem";

/** The projects whose runs the caller may read: the key's own, or all that the signed-in user is a member of. */
async function readableProjects(request: Request, actor: UserActor | null): Promise<string[]> {
  const ofKey = projectOfKey(keyInRequest(request.headers) ?? "");
  if (ofKey && (await callerKey(ofKey, request.headers))) return [ofKey];
  if (!actor) return [];
  const memberships = await asUser(actor.userId, (tx) => listProjectsOfUser(tx, actor.userId));
  return memberships.map(({ project }) => project.id);
}

async function findReadable(
  projectIds: string[],
  runId: string,
): Promise<{ run: RunRow; contract: AnswerContract | null } | undefined> {
  for (const projectId of projectIds) {
    const found = await inProject(projectId, async (tx) => {
      const run = await findRun(tx, projectId, runId);
      const version = run && (await findVersion(tx, projectId, run.workflowVersionId));
      return run && { run, contract: version ? answerContractOf(version.plan) : null };
    });
    if (found) return found;
  }
  return undefined;
}

/**
 * Ryax's result paths, with Ryax's codes: 200 with the results, 404 unknown, 503 not ready, 422 failed or canceled.
 * Under a project key or a session.
 */
export async function ryaxResult(request: Request, runId: string, actor: UserActor | null): Promise<Response> {
  const projectIds = await readableProjects(request, actor);
  if (projectIds.length === 0) {
    const message = "Send a project's API key, or sign in.";
    return endpointProblem({ status: 401, message, headers: { "WWW-Authenticate": 'Bearer realm="millrace"' } });
  }
  const found = isRunId(runId) ? await findReadable(projectIds, runId) : undefined;
  if (!found?.contract) return endpointProblem({ status: 404, message: "There is no such run." });
  const { run, contract } = found;
  if (!isRunOver(run.state)) {
    return endpointProblem({
      status: 503,
      message: "The results are not ready yet.",
      workflow_run_id: run.id,
      headers: { "Retry-After": "1" },
    });
  }
  if (run.state === "completed") {
    const answer = await endedAnswer(contract, run);
    return new Response(answer.body, { status: answer.ok ? 200 : answer.status, headers: answer.headers });
  }
  const { ryax } = run.error ?? {};
  const message = run.state === "canceled" ? "The run was canceled." : (ryax?.message ?? "The run failed.");
  const code = ryax?.code;
  return endpointProblem({ status: 422, message, workflow_run_id: run.id, ...(typeof code === "number" && { code }) });
}

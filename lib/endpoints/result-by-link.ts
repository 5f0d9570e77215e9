import { inProject } from "@/lib/db";
import { findRun, isResultToken, streamStored } from "@/lib/runs";
import { isRunOver } from "@/lib/runs/status";
import { isStoredFile } from "@/lib/values";
import { findVersion } from "@/lib/workflows";
import { acceptedAnswer, endedAnswer } from "./answer";
import { endpointProblem } from "./problem";

const unknown = () =>
  endpointProblem({ status: 404, message: "There is no such result. Results are kept as long as their runs are." });

/** The answer of a run to whoever holds its link: what the caller would have got, and 202 until then. */
export async function resultByLink(projectId: string, runId: string, search: URLSearchParams): Promise<Response> {
  if (!isResultToken(projectId, runId, search.get("token") ?? "")) return unknown();
  const found = await inProject(projectId, async (tx) => {
    const run = await findRun(tx, projectId, runId);
    const version = run && (await findVersion(tx, projectId, run.workflowVersionId));
    return run && version?.plan.endpoint ? { run, contract: version.plan.endpoint } : undefined;
  });
  if (!found) return unknown();
  const { run, contract } = found;
  const file = search.get("file");
  if (file !== null) {
    // Only files that the results name: the link stands for the answer, not for all that the run touched.
    const stored = run.result?.map(([, value]) => value).find((value) => isStoredFile(value) && value.blob === file);
    return stored && isStoredFile(stored) ? streamStored(projectId, stored) : unknown();
  }
  return isRunOver(run.state) ? endedAnswer(contract, run) : acceptedAnswer(projectId, runId);
}

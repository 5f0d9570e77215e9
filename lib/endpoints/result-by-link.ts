import { inProject } from "@/lib/db";
import { type EndedRun, findRun, isResultToken, listenForEnd, streamStored } from "@/lib/runs";
import { isRunOver } from "@/lib/runs/status";
import { isStoredFile } from "@/lib/values";
import { findVersion } from "@/lib/workflows";
import { answerContractOf } from "@/lib/workflows/definition/plan";
import { admit } from "./admission";
import { acceptedAnswer, endedAnswer } from "./answer";
import { endpointProblem } from "./problem";

const unknown = () =>
  endpointProblem({ status: 404, message: "There is no such result. Results are kept as long as their runs are." });

/** Pages that show a result wait for it in short turns, which any proxy lets them. */
const maxWaitSeconds = 25;

async function awaitQuietly(projectId: string, runId: string, seconds: number): Promise<EndedRun | undefined> {
  if (!(seconds > 0)) return undefined;
  const leave = await admit(projectId);
  const listener = listenForEnd(projectId, runId);
  try {
    // It may have ended before anybody listened.
    const ended = await listener.read();
    if (ended) return ended;
    await listener.wait(Math.min(seconds, maxWaitSeconds) * 1000);
    return await listener.read();
  } finally {
    listener.close();
    leave();
  }
}

/** The answer of a run to whoever holds its link: what the caller would have got, and 202 until then. */
export async function resultByLink(projectId: string, runId: string, search: URLSearchParams): Promise<Response> {
  if (!isResultToken(projectId, runId, search.get("token") ?? "")) return unknown();
  const found = await inProject(projectId, async (tx) => {
    const run = await findRun(tx, projectId, runId);
    const version = run && (await findVersion(tx, projectId, run.workflowVersionId));
    const contract = version && answerContractOf(version.plan);
    return run && contract ? { run, contract } : undefined;
  });
  if (!found) return unknown();
  const { run, contract } = found;
  const file = search.get("file");
  if (file !== null) {
    // Only files that the results name: the link stands for the answer, not for all that the run touched.
    const stored = run.result?.map(([, value]) => value).find((value) => isStoredFile(value) && value.blob === file);
    return stored && isStoredFile(stored) ? streamStored(projectId, stored) : unknown();
  }
  if (isRunOver(run.state)) return endedAnswer(contract, run);
  const ended = await awaitQuietly(projectId, runId, Number(search.get("wait") ?? 0));
  return ended ? endedAnswer(contract, ended) : acceptedAnswer(projectId, runId);
}

import { inProject } from "@/lib/db";
import { AppError } from "@/lib/errors";
import {
  findEndedRun,
  findStartedRun,
  maxRunDepth,
  resultObject,
  type StartableVersion,
  type StepError,
  storeTriggerOutputs,
  tooDeep,
} from "@/lib/runs";
import { startRunFromEvent } from "@/lib/triggers";
import {
  isFileType,
  isStoredFile,
  type JsonValue,
  loadValue,
  type StoredValues,
  storedNull,
  storeValue,
} from "@/lib/values";
import { findNamed, findVersion, findWorkflow, listWorkflowNames } from "@/lib/workflows";
import { handedOnName } from "@/lib/workflows/definition/library";
import type { StepRef } from "./execute-step";
import type { SecretMask } from "./mask";
import type { OpenRun } from "./open-runs";

/** What a step that runs another workflow has come to; `waiting` costs nobody anything until the other run has ended. */
export type OtherRun = { startedAt: Date } & (
  | { state: "completed"; outputs: StoredValues }
  | { state: "failed"; error: StepError }
  | { state: "waiting"; runId: string }
);

/** The step cannot start the other run, and could not the next time. */
class CannotStart extends Error {
  override name = "CannotStart";
}

interface Wanted {
  workflow: string;
  input: Record<string, JsonValue>;
  /** By the other workflow's input. */
  files: StoredValues;
  /** For its first input that is a file and is not given otherwise. */
  file: StoredValues[string];
  isAwaited: boolean;
}

async function wantedOf(projectId: string, stored: StoredValues): Promise<Wanted> {
  const load = (name: string) => loadValue(projectId, stored[name] ?? storedNull);
  const input = ((await load("input")) ?? {}) as Record<string, JsonValue>;
  const handedOn: Record<string, JsonValue> = {};
  const files: StoredValues = {};
  for (const [name, value] of Object.entries(stored)) {
    const wanted = handedOnName(name);
    if (wanted === undefined) continue;
    if (isStoredFile(value)) files[wanted] = value;
    else handedOn[wanted] = await load(name);
  }
  const isGiven = ([, value]: [string, JsonValue]) => value !== null;
  return {
    workflow: String(await load("workflow")).trim(),
    input: { ...input, ...Object.fromEntries(Object.entries(handedOn).filter(isGiven)) },
    files,
    file: stored.file ?? storedNull,
    isAwaited: (await load("wait")) !== false,
  };
}

/** The version that is live now. @throws CannotStart */
async function liveVersion(projectId: string, named: string): Promise<StartableVersion & { name: string }> {
  return inProject(projectId, async (tx) => {
    const names = await listWorkflowNames(tx, projectId);
    const found = findNamed(new Map(names.map(({ id, name }) => [id, { name }])), named);
    if (typeof found === "string") throw new CannotStart(found);
    const workflow = await findWorkflow(tx, projectId, found.id);
    const version = workflow?.liveVersionId ? await findVersion(tx, projectId, workflow.liveVersionId) : undefined;
    if (!workflow || !version) throw new CannotStart(`The workflow “${named}” is not live. Deploy it first.`);
    return { projectId, workflowId: workflow.id, versionId: version.id, plan: version.plan, name: workflow.name };
  });
}

/** @throws CannotStart naming each input that is not as the other workflow wants it */
async function triggerOutputs(
  version: StartableVersion & { name: string },
  { input, files, file }: Wanted,
  mask: SecretMask,
): Promise<StoredValues> {
  const { trigger } = version.plan;
  const first = trigger.outputs.find(({ name, type }) => isFileType(type) && !Object.hasOwn(files, name));
  if (isStoredFile(file) && !first) throw new CannotStart(`The workflow “${version.name}” takes no such file.`);
  const known = { ...files, ...(first && isStoredFile(file) && { [first.name]: file }) };
  try {
    return await storeTriggerOutputs(version.projectId, trigger, input, known, (text) => mask.finds(text));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid_input") throw error;
    const issues = (error.issues ?? []).map(({ path, message }) => `${path.replace("body.input.", "")}: ${message}`);
    throw new CannotStart(`The workflow “${version.name}” cannot take this input: ${issues.join("; ")}`);
  }
}

async function start(run: OpenRun, ref: StepRef, wanted: Wanted, mask: SecretMask): Promise<string> {
  if (run.depth >= maxRunDepth) throw new CannotStart(tooDeep);
  const version = await liveVersion(run.projectId, wanted.workflow);
  const input = await triggerOutputs(version, wanted, mask);
  const { runId, nodeId } = ref;
  const { isAwaited } = wanted;
  try {
    const { runId: started } = await startRunFromEvent(version, {
      kind: "workflow",
      // Whichever attempt or worker starts it, it is one run.
      identity: `${runId}/${nodeId}`,
      input,
      isAwaited,
      parent: { runId, node: nodeId, isAwaited },
      depth: run.depth + 1,
    });
    return started;
  } catch (error) {
    // To wait for room would be to keep the place of a run that is waited for.
    if (error instanceof AppError && error.code === "rate_limited") throw new CannotStart(error.message);
    throw error;
  }
}

/**
 * Runs another workflow of the project, or finds the run that was started for this step before.
 * @throws what is to be tried again, as when Temporal does not answer
 */
export async function runOther(run: OpenRun, ref: StepRef, inputs: StoredValues, mask: SecretMask): Promise<OtherRun> {
  const { projectId } = run;
  const known = await inProject(projectId, (tx) =>
    findStartedRun(tx, projectId, { runId: ref.runId, node: ref.nodeId }),
  );
  const startedAt = known?.createdAt ?? new Date();
  try {
    const wanted = await wantedOf(projectId, inputs);
    const id = known?.id ?? (await start(run, ref, wanted, mask));
    const runId = await storeValue(projectId, id);
    const nothing = { run_id: runId, result: await storeValue(projectId, {}), file: storedNull };
    if (!wanted.isAwaited) return { startedAt, state: "completed", outputs: nothing };
    const ended = await findEndedRun(projectId, id);
    if (!ended) return { startedAt, state: "waiting", runId: id };
    if (ended.state !== "completed") return { startedAt, state: "failed", error: failureOf(id, ended) };
    return {
      startedAt,
      state: "completed",
      outputs: { ...nothing, ...(await resultObject(projectId, ended.result ?? [])) },
    };
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    return { startedAt, state: "failed", error: { type: error.name, message: error.message, stack: [], ryax: null } };
  }
}

/** The other run's failure is the step's; a code that its author raised goes on to the caller. */
function failureOf(id: string, { state, error }: { state: string; error: StepError | null }): StepError {
  if (state === "canceled" || !error)
    return { type: "RunCanceled", message: `The run ${id} was canceled.`, stack: [], ryax: null };
  return { type: error.type, message: error.message, stack: [], ryax: error.ryax };
}

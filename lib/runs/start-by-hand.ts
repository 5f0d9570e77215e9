import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { AppError, type Issue, notFound } from "@/lib/errors";
import {
  coerceInput,
  isFileType,
  issuesOf,
  type JsonValue,
  type StoredValues,
  storedNull,
  storeValue,
  stringifyJson,
} from "@/lib/values";
import { ownValue } from "@/lib/values/own";
import { findVersion, findWorkflow, type VersionRow } from "@/lib/workflows";
import type { Plan } from "@/lib/workflows/definition/plan";
import { listenForEnd } from "./await-end";
import type { RunDetail } from "./contract";
import { describeRun } from "./describe";
import { readGivenFile } from "./given-file";
import { acceptRun, newRunInput } from "./start-run";

const textOf = (value: JsonValue) => (typeof value === "string" ? value : stringifyJson(value));

/** Checks what somebody gives for a trigger's outputs; what is left out stays as it is `known`. @throws AppError `invalid_input` naming each */
export async function storeTriggerOutputs(
  projectId: string,
  trigger: Plan["trigger"],
  given: Record<string, JsonValue>,
  known: StoredValues = {},
  carriesSecret: (text: string) => boolean = () => false,
): Promise<StoredValues> {
  const issues: Issue[] = [];
  const stored: StoredValues = {};
  for (const name of Object.keys(given)) {
    if (!trigger.outputs.some((output) => output.name === name)) {
      issues.push({ path: `body.input.${name}`, message: "The workflow's trigger has no output of this name." });
    }
  }
  for (const output of trigger.outputs) {
    const value = ownValue(given, output.name) ?? null;
    const path = `body.input.${output.name}`;
    const before = known[output.name];
    if (before && !Object.hasOwn(given, output.name)) stored[output.name] = before;
    else if (value === null) {
      if (!output.optional) issues.push({ path, message: "is required" });
      stored[output.name] = storedNull;
    } else if (isFileType(output.type)) {
      const file = await readGivenFile(projectId, output.type, value);
      if (typeof file === "string") issues.push({ path, message: file });
      else stored[output.name] = file;
    } else {
      const coerced = coerceInput(output, value);
      const isSecret = coerced.ok && (output.type === "password" || carriesSecret(textOf(coerced.value)));
      if (coerced.ok) stored[output.name] = await storeValue(projectId, coerced.value, isSecret);
      else issues.push(...issuesOf(path, coerced));
    }
  }
  if (issues.length > 0) throw new AppError("invalid_input", "Some of the input is not right.", { issues });
  return stored;
}

/** Starts a run of a version with what somebody gives; answers once it has ended, where that is waited for. */
export async function startVersionByHand(
  version: VersionRow,
  source: "manual" | "test",
  given: { input: Record<string, JsonValue>; waitSeconds: number },
): Promise<RunDetail> {
  const { projectId, workflowId, id: versionId, plan } = version;
  const stored = await storeTriggerOutputs(projectId, plan.trigger, given.input);
  const isAwaited = given.waitSeconds > 0;
  const run = newRunInput({ projectId, workflowId, versionId, plan }, { source, input: stored, isAwaited });
  const listener = listenForEnd(projectId, run.runId);
  try {
    await acceptRun(run, isAwaited);
    if (isAwaited) await listener.wait(given.waitSeconds * 1000);
    return await inProject(projectId, (tx) => describeRun(tx, projectId, run.runId));
  } finally {
    listener.close();
  }
}

export const startRunByHand = projectUseCase(
  "runs.start",
  async (ctx, input: { workflowId: string; input: Record<string, JsonValue>; waitSeconds: number }) => {
    const version = await inProject(ctx.project.id, async (tx) => {
      const workflow = await findWorkflow(tx, ctx.project.id, input.workflowId);
      if (!workflow) throw notFound("The workflow");
      if (!workflow.liveVersionId) throw new AppError("conflict", "The workflow is not live. Deploy it first.");
      const live = await findVersion(tx, ctx.project.id, workflow.liveVersionId);
      if (!live) throw notFound("The live version");
      return live;
    });
    return startVersionByHand(version, "manual", input);
  },
);

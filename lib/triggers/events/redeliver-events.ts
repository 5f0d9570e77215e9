import { recordAudit } from "@/lib/audit";
import { type ProjectContext, projectUseCase } from "@/lib/auth";
import { inProject, type Transaction } from "@/lib/db";
import { AppError, messageOf, notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { findRun, type StartableVersion } from "@/lib/runs";
import type { StoredValues } from "@/lib/values";
import { findVersion, findVersionByNumber, findWorkflow } from "@/lib/workflows";
import type { Redelivery } from "../contract";
import { eventKinds } from "../kinds";
import { startRunFromEvent } from "./start-run-from-event";
import { type EventRow, findEvents } from "./store";

async function versionToRun(
  tx: Transaction,
  projectId: string,
  workflowId: string,
  number: number | undefined,
): Promise<StartableVersion> {
  const workflow = await findWorkflow(tx, projectId, workflowId);
  if (!workflow) throw notFound("The workflow");
  if (number === undefined && !workflow.liveVersionId)
    throw new AppError("conflict", "The workflow is not live. Deploy it first, or name a version.");
  const version =
    number === undefined
      ? await findVersion(tx, projectId, workflow.liveVersionId ?? "")
      : await findVersionByNumber(tx, projectId, workflowId, number);
  if (!version) throw notFound(number === undefined ? "The live version" : `Version ${number}`);
  return { projectId, workflowId, versionId: version.id, plan: version.plan };
}

/** What came with the event; one that was not the first of its identity has it from the run. */
async function inputOf(tx: Transaction, { projectId, input, runId }: EventRow): Promise<StoredValues | null> {
  if (input || !runId) return input;
  return (await findRun(tx, projectId, runId))?.input ?? null;
}

interface Wanted {
  id: string;
  event: EventRow | undefined;
  input: StoredValues | null;
}

async function redeliver(version: StartableVersion, { id, event, input }: Wanted): Promise<Redelivery> {
  const failed = (problem: string): Redelivery => ({ event: id, runId: null, problem });
  if (!event) return failed("There is no such event.");
  if (!input) return failed("What came with it was not kept.");
  // It is asked for on purpose, so it is an event of its own.
  const identity = `${event.identity} (again: ${newId("event")})`;
  const kind = eventKinds.find((known) => known === event.kind) ?? "http";
  try {
    const { runId } = await startRunFromEvent(version, { kind, identity, input, redeliveryOf: event.id });
    return { event: id, runId, problem: null };
  } catch (error) {
    if (error instanceof AppError) return failed(messageOf(error));
    throw error;
  }
}

export interface RedeliverEvents {
  workflowId: string;
  events: string[];
  version?: number | undefined;
}

/** Starts a run for each of these events once more; what cannot be delivered again is said for each. */
export const redeliverEvents = projectUseCase("runs.start", async (ctx: ProjectContext, input: RedeliverEvents) => {
  const projectId = ctx.project.id;
  const ids = [...new Set(input.events)];
  const { version, wanted } = await inProject(projectId, async (tx) => {
    const version = await versionToRun(tx, projectId, input.workflowId, input.version);
    const byId = new Map((await findEvents(tx, projectId, input.workflowId, ids)).map((row) => [row.id, row]));
    const wanted: Wanted[] = [];
    for (const id of ids) {
      const event = byId.get(id);
      wanted.push({ id, event, input: event ? await inputOf(tx, event) : null });
    }
    await recordAudit(tx, projectId, ctx.actor, "event.redeliver", `${input.workflowId}: ${ids.length} events`);
    return { version, wanted };
  });
  const items: Redelivery[] = [];
  for (const one of wanted) items.push(await redeliver(version, one));
  return { items };
});

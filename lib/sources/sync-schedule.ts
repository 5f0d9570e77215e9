import type { SourceSchedule } from "@/drizzle/enums";
import { inProject } from "@/lib/db";
import {
  queues,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type ScheduleOptions,
  sourceScheduleId,
  temporalClient,
} from "@/lib/temporal";
import { findSource } from "./store";

const every = { hourly: "1h", daily: "1d" } as const;
/** So that not all of them call the same servers at the stroke of the hour. */
const jitter = { hourly: "10m", daily: "1h" } as const;

function optionsOf(projectId: string, sourceId: string, schedule: keyof typeof every): ScheduleOptions {
  return {
    scheduleId: sourceScheduleId(projectId, sourceId),
    spec: { intervals: [{ every: every[schedule] }], jitter: jitter[schedule] },
    policies: { overlap: "SKIP", catchupWindow: "1m" },
    action: {
      type: "startWorkflow",
      workflowType: "scanOnSchedule",
      taskQueue: queues.system,
      args: [{ projectId, sourceId }],
      workflowExecutionTimeout: "10m",
    },
    state: { note: schedule },
  };
}

/** Makes Temporal's schedule what the row says, or removes it. */
export async function syncSchedule(projectId: string, sourceId: string): Promise<void> {
  const row = await inProject(projectId, (tx) => findSource(tx, projectId, sourceId));
  await applySchedule(projectId, sourceId, row?.schedule ?? "manual");
}

async function applySchedule(projectId: string, sourceId: string, schedule: SourceSchedule): Promise<void> {
  const client = await temporalClient();
  const handle = client.schedule.getHandle(sourceScheduleId(projectId, sourceId));
  if (schedule === "manual") {
    await handle.delete().catch((error) => {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    });
    return;
  }
  const options = optionsOf(projectId, sourceId, schedule);
  await client.schedule.create(options).catch(async (error) => {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const { spec, policies, action, state } = options;
    await handle.update(() => ({ spec, policies: policies ?? {}, action, state: { ...state } }));
  });
}

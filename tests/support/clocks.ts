import { listRunsContract, type RunDetail } from "@/lib/runs/contract";
import { clockScheduleId, reconcileScheduleId } from "@/lib/temporal/ids";
import type { TestProject } from "./project";
import { connectTemporal, type TemporalConnection } from "./temporal";
import { until } from "./wait";

/** Oldest first. */
export async function runsOfWorkflow(project: TestProject, workflow: string): Promise<RunDetail[]> {
  const { items } = await project.api(listRunsContract, { query: { workflow, limit: 200 } });
  return Promise.all(items.reverse().map((run) => project.showRun(run.id)));
}

/** A project's clocks, as Temporal has them. */
export class ClockLab {
  private constructor(
    private readonly project: TestProject,
    private readonly temporal: TemporalConnection,
  ) {}

  static async open(project: TestProject): Promise<ClockLab> {
    return new ClockLab(project, await connectTemporal());
  }

  get client(): TemporalConnection["client"] {
    return this.temporal.client;
  }

  close(): Promise<void> {
    return this.temporal.close();
  }

  scheduleOf(workflow: string) {
    return this.client.schedule.getHandle(clockScheduleId(this.project.id, workflow));
  }

  hasSchedule(workflow: string): Promise<boolean> {
    return this.scheduleOf(workflow)
      .describe()
      .then(
        () => true,
        () => false,
      );
  }

  /** Housekeeping at once instead of with its next turn. */
  async reconcile(): Promise<void> {
    const handle = this.client.schedule.getHandle(reconcileScheduleId);
    const before = (await handle.describe()).info.recentActions.at(-1)?.takenAt.getTime() ?? 0;
    await handle.trigger("BUFFER_ONE");
    await until("housekeeping is done", async () => {
      const { recentActions, runningActions } = (await handle.describe()).info;
      return runningActions.length === 0 && (recentActions.at(-1)?.takenAt.getTime() ?? 0) > before;
    });
  }
}

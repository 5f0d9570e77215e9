import { LRUCache } from "lru-cache";
import { inProject, type Transaction } from "@/lib/db";
import { findRun, insertRun, listStepRows, type RunInput, type StepError } from "@/lib/runs";
import { type FinalStepState, isRunOver, isStepOver } from "@/lib/runs/status";
import type { StoredValues } from "@/lib/values";
import { findVersion } from "@/lib/workflows";
import type { Plan, PlanStep } from "@/lib/workflows/definition/plan";

export interface StepEnd {
  state: FinalStepState;
  outputs: StoredValues | null;
  error: StepError | null;
}

/** What this worker knows of a run that it carries. */
export interface OpenRun {
  projectId: string;
  runId: string;
  plan: Plan;
  steps: Map<string, PlanStep>;
  /** The trigger's outputs. */
  input: StoredValues;
  ends: Map<string, StepEnd>;
  /** The run had ended, whatever Temporal still asks for. */
  isOver: boolean;
}

/**
 * The runs that this worker carries, read from the ledger once. Another worker may execute steps of the same run: an
 * end that is missing here is looked for again before anything is concluded.
 */
export class OpenRuns {
  private readonly runs = new LRUCache<string, Promise<OpenRun>>({ max: 5_000 });
  private readonly plans = new LRUCache<string, Plan>({ max: 1_000 });

  open(run: Pick<RunInput, "projectId" | "runId"> & { input: RunInput | null }): Promise<OpenRun> {
    const known = this.runs.get(run.runId);
    if (known) return known;
    const loading = this.load(run.projectId, run.runId, run.input);
    this.runs.set(run.runId, loading);
    loading.catch(() => this.runs.delete(run.runId));
    return loading;
  }

  /** Reads the ledger again, for ends that other workers wrote. */
  async refresh(run: OpenRun): Promise<void> {
    const rows = await inProject(run.projectId, (tx) => listStepRows(tx, run.projectId, run.runId));
    for (const row of rows) {
      if (isStepOver(row.state)) run.ends.set(row.nodeId, { state: row.state, outputs: row.outputs, error: row.error });
    }
  }

  close(runId: string): void {
    this.runs.delete(runId);
  }

  private async load(projectId: string, runId: string, input: RunInput | null): Promise<OpenRun> {
    return inProject(projectId, async (tx) => {
      const row = await this.findOrRestore(tx, projectId, runId, input);
      const plan = await this.planOf(tx, projectId, row.workflowVersionId);
      const run: OpenRun = {
        projectId,
        runId,
        plan,
        steps: new Map(plan.steps.map((step) => [step.id, step])),
        input: row.input,
        ends: new Map(),
        isOver: isRunOver(row.state),
      };
      for (const step of await listStepRows(tx, projectId, runId)) {
        if (isStepOver(step.state))
          run.ends.set(step.nodeId, { state: step.state, outputs: step.outputs, error: step.error });
      }
      return run;
    });
  }

  /** Temporal can be quicker than the row, or have a run whose row was lost: then it is written from what started it. */
  private async findOrRestore(tx: Transaction, projectId: string, runId: string, input: RunInput | null) {
    const row = await findRun(tx, projectId, runId);
    if (row) return row;
    if (input) await insertRun(tx, input);
    const restored = await findRun(tx, projectId, runId);
    if (!restored) throw new Error(`The run ${runId} is not there.`);
    return restored;
  }

  private async planOf(tx: Transaction, projectId: string, versionId: string): Promise<Plan> {
    const known = this.plans.get(versionId);
    if (known) return known;
    const version = await findVersion(tx, projectId, versionId);
    if (!version) throw new Error("The workflow version of the run was deleted.");
    this.plans.set(versionId, version.plan);
    return version.plan;
  }
}

import { LRUCache } from "lru-cache";
import { inProject, isOrphan } from "@/lib/db";
import { findCarriedRun, insertRun, type KnownStepEnd, type RunInput } from "@/lib/runs";
import type { StoredValues } from "@/lib/values";
import { findVersion } from "@/lib/workflows";
import type { Plan, PlanStep } from "@/lib/workflows/definition/plan";
import { RunGone } from "./run-gone";

export type StepEnd = KnownStepEnd;

/** What this worker knows of a run that it carries. */
export interface OpenRun {
  projectId: string;
  runId: string;
  plan: Plan;
  steps: Map<string, PlanStep>;
  /** How many runs stand above it. */
  depth: number;
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
  private readonly plans = new LRUCache<string, Promise<Plan>>({ max: 1_000 });

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
    const now = await findCarriedRun(run.projectId, run.runId);
    for (const [node, end] of now?.ends ?? []) run.ends.set(node, end);
    run.isOver = now?.isOver ?? true;
  }

  close(runId: string): void {
    this.runs.delete(runId);
  }

  private async load(projectId: string, runId: string, input: RunInput | null): Promise<OpenRun> {
    const carried = (await findCarriedRun(projectId, runId)) ?? (await this.restore(projectId, runId, input));
    const plan = await this.planOf(projectId, carried.workflowVersionId);
    const steps = new Map(plan.steps.map((step) => [step.id, step]));
    const { depth, input: given, ends, isOver } = carried;
    return { projectId, runId, plan, steps, depth, input: given, ends, isOver };
  }

  /** Temporal can be quicker than the row, or have a run whose row was lost: then it is written from what started it. */
  private async restore(projectId: string, runId: string, input: RunInput | null) {
    if (input) {
      await inProject(projectId, (tx) => insertRun(tx, input)).catch((error) => {
        throw isOrphan(error) ? new RunGone("The run's workflow was deleted.", { cause: error }) : error;
      });
    }
    const restored = await findCarriedRun(projectId, runId);
    if (!restored) throw new RunGone("The run was deleted.");
    return restored;
  }

  private planOf(projectId: string, versionId: string): Promise<Plan> {
    const known = this.plans.get(versionId);
    if (known) return known;
    const loading = inProject(projectId, (tx) => findVersion(tx, projectId, versionId)).then((version) => {
      if (!version) throw new Error("The workflow version of the run was deleted.");
      return version.plan;
    });
    this.plans.set(versionId, loading);
    loading.catch(() => this.plans.delete(versionId));
    return loading;
  }
}

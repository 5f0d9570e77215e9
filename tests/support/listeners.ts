import type { RunDetail } from "@/lib/runs/contract";
import {
  listEventsContract,
  readTriggerLogContract,
  showTriggerContract,
  type TriggerResource,
} from "@/lib/triggers/contract";
import { stopWorkflowContract } from "@/lib/workflows/contract";
import { runsOfWorkflow } from "./clocks";
import type { PackageSpec } from "./packages";
import type { TestProject } from "./project";
import { until } from "./wait";
import { triggerFile } from "./workflow-file";

type Spec = Omit<PackageSpec, "id" | "kind"> & { id?: string; settings?: Record<string, unknown> };

let count = 0;

/** A live workflow whose trigger was written for the test. */
export class ListeningWorkflow {
  private constructor(
    readonly project: TestProject,
    readonly id: string,
  ) {}

  static async deploy(
    project: TestProject,
    { settings = {}, ...spec }: Spec,
    more: Parameters<typeof triggerFile>[2] = {},
  ): Promise<ListeningWorkflow> {
    const id = spec.id ?? `trigger-${++count}`;
    await project.pushCode({ ...spec, id, kind: "Source" });
    return ListeningWorkflow.of(project, id, settings, more);
  }

  /** Behind a trigger that the library has. */
  static async of(
    project: TestProject,
    trigger: string,
    settings: Record<string, unknown>,
    more: Parameters<typeof triggerFile>[2] = {},
  ): Promise<ListeningWorkflow> {
    return new ListeningWorkflow(project, (await project.deploy(triggerFile(trigger, settings, more))).id);
  }

  get at() {
    return { params: { project: this.project.id, workflow: this.id } };
  }

  trigger(): Promise<TriggerResource> {
    return this.project.api(showTriggerContract, this.at);
  }

  inState(state: TriggerResource["state"], timeoutMs = 15_000): Promise<TriggerResource> {
    return until(
      `the trigger is ${state}`,
      async () => {
        const trigger = await this.trigger();
        return trigger.state === state && trigger;
      },
      timeoutMs,
    );
  }

  /** Oldest first. */
  runs(): Promise<RunDetail[]> {
    return runsOfWorkflow(this.project, this.id);
  }

  /** Once there are so many; more than that is for the test to find. */
  someRuns(least: number, timeoutMs = 15_000): Promise<RunDetail[]> {
    return until(
      `there are ${least} runs`,
      async () => {
        const runs = await this.runs();
        return runs.length >= least && runs;
      },
      timeoutMs,
    );
  }

  async events() {
    return (await this.project.api(listEventsContract, { ...this.at, query: { limit: 200 } })).items;
  }

  /** The last lines of its log. */
  async log(): Promise<string[]> {
    const { items } = await this.project.api(readTriggerLogContract, { ...this.at, query: { limit: 200 } });
    return items.map(({ line }) => line);
  }

  said(text: string, timeoutMs = 15_000): Promise<string[]> {
    return until(
      `the trigger says ${text}`,
      async () => {
        const lines = await this.log();
        return lines.some((line) => line.includes(text)) && lines;
      },
      timeoutMs,
    );
  }

  async stop(): Promise<void> {
    await this.project.api(stopWorkflowContract, { ...this.at, body: {} });
  }
}

import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { WorkflowHandle } from "@temporalio/client";
import { TestWorkflowEnvironment } from "@temporalio/testing";
import { Runtime, Worker } from "@temporalio/worker";
import { findTemporal } from "@/bin/launcher/temporal";
import type { RunInput } from "@/lib/runs";
import { queues } from "@/lib/temporal";
import type { createRunActivities } from "@/workers/activities/runs";
import { bundleWorkflows } from "@/workers/bundle";

export type RunActivities = ReturnType<typeof createRunActivities>;

const root = resolve(import.meta.dirname, "../..");

/** Histories that are kept name no machine. */
const identity = "tests";

/** A Temporal server of its own and the workflows' code, for tests of the interpreter with activities that are stubs. */
export class InterpreterLab {
  private constructor(
    readonly environment: TestWorkflowEnvironment,
    readonly codePath: string,
    private readonly folder: string,
  ) {}

  static async open(): Promise<InterpreterLab> {
    Runtime.install({ logger: { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} } });
    const folder = await mkdtemp(join(tmpdir(), "millrace-workflows-"));
    const codePath = join(folder, "workflows.js");
    const path = await findTemporal(process.env.MILLRACE_TEMPORAL_BIN, () => {});
    const [environment] = await Promise.all([
      TestWorkflowEnvironment.createLocal({
        server: { executable: { type: "existing-path", path } },
        client: { identity },
      }),
      bundleWorkflows(root, codePath),
    ]);
    return new InterpreterLab(environment, codePath, folder);
  }

  async close(): Promise<void> {
    await this.environment.teardown();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Runs a workflow with these activities on workers of its own, until `during` is done. */
  async run<T>(
    activities: RunActivities,
    during: (handle: WorkflowHandle) => Promise<T>,
    ownQueue?: string,
  ): Promise<T> {
    const { nativeConnection: connection, client } = this.environment;
    const common = { connection, activities, identity, shutdownGraceTime: "1s" };
    const workers = await Promise.all([
      Worker.create({ ...common, taskQueue: queues.runs, workflowBundle: { codePath: this.codePath } }),
      Worker.create({ ...common, taskQueue: queues.actions }),
      ...(ownQueue ? [Worker.create({ ...common, taskQueue: ownQueue })] : []),
    ]);
    const running = Promise.all(workers.map((worker) => worker.run()));
    try {
      const handle = await client.workflow.start("runWorkflow", {
        workflowId: randomUUID(),
        taskQueue: queues.runs,
        args: [runInput],
      });
      return await during(handle);
    } finally {
      for (const worker of workers) worker.shutdown();
      await running;
    }
  }
}

/** Stubs know nothing of rows, so that any run will do. */
export const runInput: RunInput = {
  projectId: "project",
  runId: "WorkflowRun-1767225600-abcd",
  workflowId: "wf_1",
  workflowVersionId: "wfv_1",
  source: "http",
  apiKeyId: null,
  replayOf: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  input: { city: { value: "Oslo" } },
};

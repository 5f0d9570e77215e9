import type { RunDetail, StepResource } from "@/lib/runs/contract";
import { type LogLineResource, runLogsContract } from "@/lib/runs/logs/contract";
import type { TestProject } from "./project";

export interface ExecutedStep {
  run: RunDetail;
  step: StepResource;
  logs: LogLineResource[];
}

export async function logsOf(project: TestProject, run: string): Promise<LogLineResource[]> {
  const params = { project: project.id, run };
  return (await project.api(runLogsContract, { params, query: { limit: 10_000 } })).items;
}

let workflows = 0;

/** Runs one action with these inputs, in a workflow of its own. */
export async function executeAction(
  project: TestProject,
  use: string,
  inputs: Record<string, unknown> = {},
): Promise<ExecutedStep> {
  const name = `${use} ${++workflows}`;
  const { id } = await project.deployManual({ name, steps: { only: { use, with: inputs } } });
  const run = await project.endedRun((await project.start(id, {}, 20)).id);
  const step = run.steps.find((candidate) => candidate.node === "only");
  if (!step) throw new Error("The run has no such step.");
  return { run, step, logs: await logsOf(project, run.id) };
}

/** Lines of a log without what they belong to. */
export function linesOf(logs: LogLineResource[]): [stream: string, line: string][] {
  return logs.map(({ stream, line }) => [stream, line]);
}

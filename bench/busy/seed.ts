import type { TestProject } from "@/tests/support/project";
import { writeHistory } from "./history";
import { busyPackages } from "./packages";
import { largeWorkflow, muchLog, muchOutput, smallWorkflows } from "./workflows";

export interface BusyProject {
  workflows: number;
  runs: number;
  /** Of real runs: one with an output of 5 MB, one with a log of 200 000 lines, one of 60 steps. */
  notable: { largeOutput: string; longLog: string; wide: string };
}

/** Fills a project with what a busy team has after a month. Tells how far it is. */
export async function seedBusy(project: TestProject, runs: number, say: (text: string) => void): Promise<BusyProject> {
  say("Building the actions");
  await project.pushCode(...busyPackages);
  const small = smallWorkflows();
  say(`Deploying ${small.length + 4} workflows`);
  for (const file of small) await project.deploy(file);
  const wide = await project.deploy(largeWorkflow("Sixty steps", 60, 6));
  await project.deploy(largeWorkflow("A thousand steps", 1_000, 20));
  const output = await project.deploy(muchOutput());
  const log = await project.deploy(muchLog());
  say("Running the large ones");
  const started = await Promise.all([
    project.start(output.id, {}, 60),
    project.start(log.id, {}, 60),
    project.start(wide.id, { text: "passed on" }, 60),
  ]);
  const [largeOutput, longLog, sixty] = await Promise.all(started.map((run) => project.endedRun(run.id)));
  for (const run of [largeOutput, longLog, sixty])
    if (run?.state !== "completed") throw new Error(`${run?.id} is ${run?.state}: ${run?.error?.message}`);
  say(`Writing ${runs.toLocaleString("en")} runs of the last four weeks`);
  await writeHistory(project.id, runs);
  const notable = { largeOutput: largeOutput?.id ?? "", longLog: longLog?.id ?? "", wide: sixty?.id ?? "" };
  return { workflows: small.length + 4, runs, notable };
}

import type { Command } from "commander";
import {
  deployWorkflowContract,
  previewDeploymentContract,
  previewRollbackContract,
  rollbackWorkflowContract,
  stopWorkflowContract,
} from "@/lib/workflows/contract";
import type { DeploymentPreview } from "@/lib/workflows/deployment-preview";
import { CliContext, Failed } from "./context";
import { describeWorkflow } from "./describe-workflow";
import { printIssues, withIssues } from "./issues";
import { table } from "./table";

const dryRun = [
  "--dry-run",
  "show what would change, for the workflow and for its callers, and change nothing",
] as const;

const described = (title: string, lines: string[], none: string) =>
  `${title}\n${lines.length > 0 ? lines.map((line) => `  ${line}`).join("\n") : `  ${none}`}`;

function describePreview({ version, live, contract, steps, results }: DeploymentPreview): string {
  const wanted = version === null ? "The draft" : `Version ${version}`;
  const title = `${wanted} ${live === null ? "where nothing is live" : `over version ${live}, which is live`}`;
  const sorted = [...contract].sort((left, right) => Number(right.isBreaking) - Number(left.isBreaking));
  const calls = sorted.map(({ message, isBreaking }) => `${isBreaking ? "BREAKING " : ""}${message}`);
  const rows = steps.map(({ kind, name, action, details }) => [kind, name, action, details.join(", ")]);
  if (results) rows.push(["changed", "what is answered", "", ""]);
  const changed = rows.length > 0 ? table(["CHANGE", "STEP", "ACTION", "WHAT"], rows).split("\n") : [];
  return [
    title,
    described("For callers:", calls, "Callers notice nothing."),
    described("Steps:", changed, "No step has changed."),
  ].join("\n");
}

/** @throws Failed where it could not go live */
function printPreview(context: CliContext, id: string, preview: DeploymentPreview): void {
  if (!context.json && !preview.valid) printIssues(context, id, preview.problems);
  context.print(preview, () => describePreview(preview));
  if (!preview.valid) throw new Failed("It cannot go live.");
}

export function deploymentCommands(workflow: Command): void {
  workflow
    .command("deploy <id>")
    .description("publish the draft and make it live, or make an earlier version live")
    .option("--version <number>", "an earlier version")
    .option(...dryRun)
    .addHelpText("after", "\nExample:\n  millrace workflow deploy wf_01… --dry-run")
    .action(async (id: string, options: { version?: string; dryRun?: boolean }, command: Command) => {
      const context = new CliContext(command);
      const params = { project: context.project, workflow: id };
      const chosen = options.version === undefined ? {} : { version: Number(options.version) };
      if (options.dryRun)
        return printPreview(context, id, await context.call(previewDeploymentContract, { params, query: chosen }));
      const live = await withIssues(context, id, () => context.call(deployWorkflowContract, { params, body: chosen }));
      context.print(live, () => describeWorkflow(live));
    });
  workflow
    .command("stop <id>")
    .description("take a workflow off the air")
    .option("--cancel-runs", "cancel its runs too, instead of letting them finish")
    .addHelpText("after", "\nExample:\n  millrace workflow stop wf_01… --cancel-runs")
    .action(async (id: string, options: { cancelRuns?: boolean }, command: Command) => {
      const context = new CliContext(command);
      const stopped = await context.call(stopWorkflowContract, {
        params: { project: context.project, workflow: id },
        body: { cancelRuns: options.cancelRuns ?? false },
      });
      context.print(stopped, () => describeWorkflow(stopped));
    });
  workflow
    .command("rollback <id>")
    .description("make the version before the live one live again")
    .option(...dryRun)
    .addHelpText("after", "\nExample:\n  millrace workflow rollback wf_01… --dry-run")
    .action(async (id: string, options: { dryRun?: boolean }, command: Command) => {
      const context = new CliContext(command);
      const params = { project: context.project, workflow: id };
      if (options.dryRun) return printPreview(context, id, await context.call(previewRollbackContract, { params }));
      const live = await context.call(rollbackWorkflowContract, { params });
      context.print(live, () => describeWorkflow(live));
    });
}

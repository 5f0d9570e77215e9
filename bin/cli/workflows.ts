import { createReadStream, existsSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import type { Command } from "commander";
import {
  checkWorkflowContract,
  cloneWorkflowContract,
  exportWorkflowContract,
  importWorkflowContract,
  listWorkflowsContract,
  showWorkflowContract,
  type WorkflowResource,
} from "@/lib/workflows/contract";
import { CliContext, Failed, UsageError } from "./context";
import { deploymentCommands } from "./deployments";
import { describeWorkflow } from "./describe-workflow";
import { eventCommands } from "./events";
import { printIssues, withIssues } from "./issues";
import { table } from "./table";

function bodyOf(file: string): BodyInit {
  if (file !== "-" && !existsSync(file)) throw new UsageError(`${file} does not exist.`);
  return Readable.toWeb(file === "-" ? process.stdin : createReadStream(file)) as unknown as BodyInit;
}

export function workflowCommands(program: Command): void {
  const workflow = program.command("workflow").description("chains of actions behind a trigger");
  workflow
    .command("import <file>")
    .description("import a workflow file (YAML, or a zip of it with its files)")
    .option("--deploy", "make it live at once")
    .option("--force", "keep a file that names missing actions as an invalid draft")
    .addHelpText("after", "\nExample:\n  millrace workflow import weather.yaml --deploy")
    .action(async (file: string, options: { deploy?: boolean; force?: boolean }, command: Command) => {
      const context = new CliContext(command);
      const query = { deploy: options.deploy ?? false, force: options.force ?? false };
      const imported = await withIssues(context, file, () =>
        context.call(importWorkflowContract, { params: { project: context.project }, query, body: bodyOf(file) }),
      );
      if (imported.warnings.length > 0) printIssues(context, file, imported.warnings);
      context.print(imported, () => describeWorkflow(imported));
    });
  workflow
    .command("check <file>")
    .description("list every problem of a workflow file without importing it")
    .addHelpText("after", "\nExample:\n  millrace workflow check weather.yaml --json")
    .action(async (file: string, _options: unknown, command: Command) => {
      const context = new CliContext(command);
      const result = await context.call(checkWorkflowContract, {
        params: { project: context.project },
        body: bodyOf(file),
      });
      if (!context.json && result.problems.length > 0) printIssues(context, file, result.problems);
      context.print(result, () => (result.valid ? "The workflow is valid." : "The workflow is not valid."));
      if (!result.valid) throw new Failed(`${result.problems.length} problem(s).`);
    });
  workflow
    .command("export <id>")
    .description("the workflow as a file, on stdout or to --output")
    .option("--version <number>", "a published version instead of the draft")
    .option("-o, --output <file>", "where to write it")
    .addHelpText("after", "\nExample:\n  millrace workflow export wf_01… -o weather.yaml")
    .action(async (id: string, options: { version?: string; output?: string }, command: Command) => {
      const context = new CliContext(command);
      const query = options.version === undefined ? {} : { version: Number(options.version) };
      const response = await context.callRaw(exportWorkflowContract, {
        params: { project: context.project, workflow: id },
        query,
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      if (options.output) writeFileSync(options.output, bytes);
      if (context.json)
        context.print(
          {
            id,
            contentType: response.headers.get("content-type"),
            ...(!options.output && { content: bytes.toString() }),
            ...(options.output && { file: options.output }),
          },
          () => "",
        );
      else if (options.output) context.say(`Wrote ${options.output}.`);
      else process.stdout.write(bytes);
    });
  workflow
    .command("clone <id>")
    .description("copy its draft into a new workflow, which is not live")
    .option("--name <name>", "what the copy is called")
    .addHelpText("after", '\nExample:\n  millrace workflow clone wf_01… --name "Weather of tomorrow"')
    .action(async (id: string, options: { name?: string }, command: Command) => {
      const context = new CliContext(command);
      const params = { project: context.project, workflow: id };
      const copy = await context.call(cloneWorkflowContract, { params, body: options });
      context.print(copy, () => describeWorkflow(copy));
    });
  workflow
    .command("list")
    .description("the project's workflows")
    .addHelpText("after", "\nExample:\n  millrace workflow list")
    .action(async (_options: unknown, command: Command) => {
      const context = new CliContext(command);
      const { items } = await context.call(listWorkflowsContract, { params: { project: context.project } });
      const endpoint = (item: WorkflowResource) =>
        item.endpoint ? `${item.endpoint.method} ${item.endpoint.path}` : null;
      context.print(items, () =>
        table(
          ["ID", "NAME", "STATE", "VERSION", "ENDPOINT"],
          items.map((item) => [item.id, item.name, item.state, item.version, endpoint(item)]),
        ),
      );
    });
  workflow
    .command("show <id>")
    .description("a workflow with its problems and versions")
    .addHelpText("after", "\nExample:\n  millrace workflow show wf_01… --json")
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = new CliContext(command);
      const shown = await context.call(showWorkflowContract, { params: { project: context.project, workflow: id } });
      if (!context.json && shown.problems.length > 0) printIssues(context, "Problems of the draft:", shown.problems);
      context.print(shown, () => describeWorkflow(shown));
    });
  deploymentCommands(workflow);
  eventCommands(workflow);
}

import { setTimeout as delay } from "node:timers/promises";
import type { Command } from "commander";
import { runStates } from "@/drizzle/enums";
import {
  cancelRunContract,
  type LinkedRun,
  listRunsContract,
  type RunDetail,
  replayRunContract,
  showRunContract,
  startRunContract,
} from "@/lib/runs/contract";
import { type LogLineResource, runLogsContract } from "@/lib/runs/logs/contract";
import { isRunOver } from "@/lib/runs/status";
import type { StoredInline } from "@/lib/values/stored-schema";
import { listWorkflowsContract } from "@/lib/workflows/contract";
import { CliContext, Failed, UsageError } from "./context";
import { readJsonObject } from "./input";
import { addFilePath, type FilePaths, uploadRunFiles } from "./run-files";
import { duration, table } from "./table";

const waitSliceSeconds = 30;
const followMs = 500;

async function awaitEnd(context: CliContext, run: RunDetail): Promise<RunDetail> {
  let current = run;
  while (!isRunOver(current.state)) {
    current = await context.call(showRunContract, {
      params: { project: context.project, run: run.id },
      query: { waitSeconds: waitSliceSeconds },
    });
  }
  return current;
}

const linkOf = ({ id, workflow, node }: LinkedRun) =>
  `${id} of “${workflow.name}” ${node === null ? "by its end" : `(step ${node})`}`;

function describeRun(run: RunDetail): string {
  const steps = table(
    ["STEP", "ACTION", "STATE", "ATTEMPTS", "DURATION"],
    run.steps.map((step) => [step.node, step.action, step.state, step.attempts, duration(step.durationMs)]),
  );
  const by = run.startedBy ? `\nstarted by ${linkOf(run.startedBy)}` : "";
  const key = run.keyName === null ? "" : ` with the key “${run.keyName}”`;
  const started = run.started.map((one) => `\nstarted ${linkOf(one)}, which is ${one.state}`).join("");
  const error = run.error ? `\n${run.error.type}: ${run.error.message}` : "";
  const outputs = run.outputs ? `\n${JSON.stringify(run.outputs, null, 2)}` : "";
  return `${run.id} is ${run.state} after ${duration(run.durationMs)}${key}${by}${started}\n${steps}${error}${outputs}`;
}

function finish(context: CliContext, run: RunDetail): void {
  context.print(run, () => describeRun(run));
  if (run.state === "failed" || run.state === "canceled")
    throw new Failed(`The run ${run.state === "failed" ? "failed" : "was canceled"}.`);
}

/** A workflow by its id, or by its name where that is unique. */
async function workflowId(context: CliContext, named: string): Promise<string> {
  if (named.startsWith("wf_")) return named;
  const { items } = await context.call(listWorkflowsContract, { params: { project: context.project } });
  const found = items.filter((item) => item.name === named);
  if (found.length === 1 && found[0]) return found[0].id;
  throw new UsageError(
    found.length === 0
      ? `There is no workflow “${named}”.`
      : `${found.length} workflows are named “${named}”; use the id.`,
  );
}

const lineOf = (line: LogLineResource) =>
  `${line.at} ${line.node} ${line.stream === "stdout" ? "" : `[${line.stream}] `}${line.line}`;

async function printLogs(context: CliContext, run: string, follow: boolean): Promise<void> {
  const all: LogLineResource[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await context.call(runLogsContract, {
      params: { project: context.project, run },
      query: { cursor, limit: 5_000 },
    });
    for (const line of page.items) {
      if (context.json) all.push(line);
      else process.stdout.write(`${lineOf(line)}\n`);
    }
    cursor = page.cursor ?? undefined;
    const more = page.items.length === 5_000;
    if (!more && (!follow || page.ended)) break;
    if (!more) await delay(followMs);
  }
  if (context.json) context.print(all, () => "");
}

interface StartOptions {
  input: string;
  file?: FilePaths;
  wait?: boolean;
}

export function runCommands(program: Command): void {
  const run = program.command("run").description("executions of workflows");
  run
    .command("start <workflow>")
    .description("start a run of a live workflow")
    .option("--input <json>", "the trigger's outputs as JSON, or @FILE", "{}")
    .option("--file <name=path>", "a file or folder for one of its inputs; as often as there are such", addFilePath)
    .option("--wait", "wait for its end")
    .addHelpText(
      "after",
      '\nExample:\n  millrace run start wf_01… --input \'{"city": "Oslo"}\' --file photo=./harbour.jpg --wait',
    )
    .action(async (named: string, options: StartOptions, command: Command) => {
      const context = new CliContext(command);
      const input = readJsonObject(options.input) as Record<string, StoredInline>;
      const twice = Object.keys(options.file ?? {}).find((name) => Object.hasOwn(input, name));
      if (twice !== undefined) throw new UsageError(`The input “${twice}” is given by --input and by --file.`);
      const workflow = await workflowId(context, named);
      const files = options.file && (await uploadRunFiles(context, workflow, options.file));
      const started = await context.call(startRunContract, {
        params: { project: context.project, workflow },
        body: { input: { ...input, ...files }, waitSeconds: options.wait ? waitSliceSeconds : 0 },
      });
      if (!options.wait) return context.print(started, () => `Started ${started.id}.`);
      finish(context, await awaitEnd(context, started));
    });
  run
    .command("list")
    .description("the project's runs, newest first")
    .option("--workflow <workflow>", "of one workflow, by id or name")
    .option("--state <state>", `${runStates.join(", ")}`)
    .option("--limit <number>", "how many", "50")
    .option("--cursor <cursor>", "where the page before this one ended, as it said on stderr")
    .addHelpText("after", "\nExample:\n  millrace run list --state failed --limit 10")
    .action(
      async (options: { workflow?: string; state?: string; limit: string; cursor?: string }, command: Command) => {
        const context = new CliContext(command);
        const state = runStates.find((candidate) => candidate === options.state);
        if (options.state && !state) throw new UsageError(`--state must be one of ${runStates.join(", ")}.`);
        const workflow = options.workflow && (await workflowId(context, options.workflow));
        const page = await context.call(listRunsContract, {
          params: { project: context.project },
          query: { limit: options.limit, cursor: options.cursor, state, workflow },
        });
        context.print(page.items, () =>
          table(
            ["ID", "STATE", "WORKFLOW", "VERSION", "STARTED", "DURATION"],
            page.items.map((item) => [
              item.id,
              item.state,
              item.workflow.name,
              item.version ?? "draft",
              item.createdAt,
              duration(item.durationMs),
            ]),
          ),
        );
        if (page.nextCursor) context.say(`More: --cursor ${page.nextCursor}`);
      },
    );
  run
    .command("show <id>")
    .description("a run with its steps")
    .addHelpText("after", "\nExample:\n  millrace run show WorkflowRun-1767225600-… --json")
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = new CliContext(command);
      const shown = await context.call(showRunContract, { params: { project: context.project, run: id } });
      context.print(shown, () => describeRun(shown));
    });
  run
    .command("logs <id>")
    .description("what the run's handlers wrote")
    .option("--follow", "go on until the run has ended")
    .addHelpText("after", "\nExample:\n  millrace run logs WorkflowRun-1767225600-… --follow")
    .action(async (id: string, options: { follow?: boolean }, command: Command) => {
      await printLogs(new CliContext(command), id, options.follow ?? false);
    });
  run
    .command("cancel <id>")
    .description("stop a run and the processes of its steps")
    .addHelpText("after", "\nExample:\n  millrace run cancel WorkflowRun-1767225600-…")
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = new CliContext(command);
      const canceled = await context.call(cancelRunContract, { params: { project: context.project, run: id } });
      context.print(canceled, () => `${canceled.id} is ${canceled.state}.`);
    });
  run
    .command("replay <id>")
    .description("start a run like this one")
    .option("--from <node>", "reuse what came before this step")
    .addHelpText("after", "\nExample:\n  millrace run replay WorkflowRun-1767225600-… --from format")
    .action(async (id: string, options: { from?: string }, command: Command) => {
      const context = new CliContext(command);
      const body = options.from === undefined ? {} : { from: options.from };
      const started = await context.call(replayRunContract, { params: { project: context.project, run: id }, body });
      context.print(started, () => `Started ${started.id}.`);
    });
}

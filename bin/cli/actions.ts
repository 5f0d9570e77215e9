import { createReadStream, existsSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { Command } from "commander";
import {
  type ActionVersionResource,
  deleteActionContract,
  listActionsContract,
  type PushedPackage,
  pushActionsContract,
  showActionContract,
} from "@/lib/actions/contract";
import { listFiles } from "@/lib/archives/list-files";
import { zipFiles } from "@/lib/archives/zip";
import { ApiError } from "@/lib/http/client";
import { CliContext, Failed, UsageError } from "./context";
import { addGrantCommand, describeAccess } from "./grant-action";
import { initAction } from "./init-action";
import { readJsonObject } from "./input";
import { printIssues } from "./issues";
import { runInPrivateMounts } from "./private-mounts";
import { table } from "./table";
import { testAction } from "./test-action";

const pollMs = 300;

async function pushOne(context: CliContext, folder: string): Promise<PushedPackage[]> {
  const path = resolve(folder);
  if (!existsSync(path)) throw new UsageError(`${folder} does not exist.`);
  const archive = statSync(path).isDirectory() ? zipFiles(await listFiles(path)) : createReadStream(path);
  const body = Readable.toWeb(archive) as unknown as BodyInit;
  const { items } = await context.call(pushActionsContract, { params: { project: context.project }, body });
  return items.map((item) => ({ ...item, path: item.path || basename(path) }));
}

/** Follows a build to its end, its log going to people as it grows. */
export async function awaitBuild(context: CliContext, action: ActionVersionResource): Promise<ActionVersionResource> {
  const params = { project: context.project, action: action.id, version: action.version };
  for (let afterLine = 0; ; ) {
    const shown = await context.call(showActionContract, { params, query: { afterLine } });
    for (const entry of shown.buildLog) {
      afterLine = entry.seq;
      if (!context.json) context.say(`  ${entry.line}`);
    }
    const { buildLog: _log, grant: _grant, ...rest } = shown;
    if (shown.state === "built" || shown.state === "failed") return rest;
    await delay(pollMs);
  }
}

async function push(folders: string[], command: Command): Promise<void> {
  const context = new CliContext(command);
  const results: ActionVersionResource[] = [];
  const broken: { path: string; problems: PushedPackage["problems"] }[] = [];
  for (const folder of folders) {
    try {
      for (const item of await pushOne(context, folder)) {
        const errors = item.problems.filter((problem) => problem.severity !== "warning");
        if (item.problems.length > 0) printIssues(context, item.path, item.problems);
        if (!item.action || errors.length > 0) {
          broken.push(item);
          continue;
        }
        if (!context.json) context.say(`${item.action.id}@${item.action.version}`);
        const built = item.action.state === "built" ? item.action : await awaitBuild(context, item.action);
        if (built.state === "failed")
          broken.push({
            path: item.path,
            problems: [{ path: item.path, message: built.error ?? "The build failed." }],
          });
        results.push(built);
      }
    } catch (error) {
      if (!(error instanceof ApiError) || (error.code !== "invalid_package" && error.code !== "conflict")) throw error;
      printIssues(context, folder, error.issues.length > 0 ? error.issues : [{ path: folder, message: error.message }]);
      broken.push({ path: folder, problems: error.issues });
    }
  }
  context.print(results, () =>
    table(
      ["ACTION", "KIND", "STATE", "HASH"],
      results.map((item) => [`${item.id}@${item.version}`, item.kind, item.state, item.hash.slice(0, 12)]),
    ),
  );
  if (broken.length > 0) {
    throw new Failed(
      `${broken.length} package(s) were not accepted or not built: ${broken.map((item) => item.path).join(", ")}`,
    );
  }
}

export function describeIo(list: ActionVersionResource["inputs"]): string {
  const lines = list.map((item) => `  ${item.name}: ${item.type}${item.optional ? " (optional)" : ""}  ${item.help}`);
  return lines.join("\n") || "  none";
}

function splitVersion(text: string): { action: string; version: string } {
  const [action = "", version] = text.split("@", 2);
  return { action, version: version ?? "latest" };
}

export function actionCommands(program: Command): void {
  const action = program.command("action").description("packages of functions: the steps and triggers of workflows");
  action
    .command("init <dir>")
    .description("write a package that passes `action test`")
    .requiredOption("--type <type>", "python3 or nodejs")
    .option("--trigger", "a trigger instead of an action")
    .addHelpText("after", "\nExample:\n  millrace action init ./greet --type python3")
    .action((dir: string, options: { type: string; trigger?: boolean }, command: Command) => {
      const context = new CliContext(command);
      const files = initAction(dir, options.type, options.trigger ?? false);
      context.print(
        { dir, files },
        () => `Wrote ${files.join(", ")} to ${dir}.\nTry it: millrace action test ${dir} --input '{"name": "Ada"}'`,
      );
    });
  action
    .command("test <dir>")
    .description("run the handler, or a trigger until its first run, here in the server's runtime; needs no server")
    .option("--input <json>", "the inputs as JSON, or @FILE", "{}")
    .addHelpText("after", '\nExample:\n  millrace action test ./greet --input \'{"name": "Ada"}\'')
    .action(async (dir: string, options: { input: string }, command: Command) => {
      const elsewhere = runInPrivateMounts();
      if (elsewhere) process.exit(await elsewhere);
      const context = new CliContext(command);
      const result = await testAction(context, dir, readJsonObject(options.input));
      context.print(result, () => JSON.stringify(result.outputs ?? result.error, null, 2));
      if (result.error) throw new Failed(`${result.error.type}: ${result.error.message}`);
    });
  action
    .command("push <dir...>")
    .description("upload packages, or folders of packages, and wait for their builds")
    .addHelpText("after", "\nExample:\n  millrace action push ./actions")
    .action((folders: string[], _options: unknown, command: Command) => push(folders, command));
  action
    .command("list")
    .description("the project's actions and triggers")
    .addHelpText("after", "\nExample:\n  millrace action list --json")
    .action(async (_options: unknown, command: Command) => {
      const context = new CliContext(command);
      const { items } = await context.call(listActionsContract, { params: { project: context.project } });
      context.print(items, () =>
        table(
          ["ACTION", "KIND", "STATE", "NAME"],
          items.map((item) => [`${item.id}@${item.version}`, item.kind, item.state, item.name]),
        ),
      );
    });
  action
    .command("show <id[@version]>")
    .description("one version with its inputs, outputs and build log; the newest unless named")
    .addHelpText("after", "\nExample:\n  millrace action show greet@1.0")
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = new CliContext(command);
      const shown = await context.call(showActionContract, {
        params: { project: context.project, ...splitVersion(id) },
      });
      context.print(
        shown,
        () =>
          `${shown.name} (${shown.id}@${shown.version}), ${shown.kind}, ${shown.state}\n${shown.description}\nInputs:\n${describeIo(shown.inputs)}\nOutputs:\n${describeIo(shown.outputs)}\nNetwork: ${describeAccess(shown.grant)}${shown.network.policy === "off" ? "" : ` (asks for ${describeAccess(shown.network)})`}${shown.folders ? "\nFolders: those that the server's operator grants the project" : ""}${shown.error ? `\nError: ${shown.error}` : ""}`,
      );
    });
  addGrantCommand(action);
  action
    .command("delete <id@version>")
    .description("delete a version that no workflow uses")
    .addHelpText("after", "\nExample:\n  millrace action delete greet@1.0")
    .action(async (id: string, _options: unknown, command: Command) => {
      if (!id.includes("@")) throw new UsageError("Name the version: ID@VERSION.");
      const context = new CliContext(command);
      await context.call(deleteActionContract, { params: { project: context.project, ...splitVersion(id) } });
      context.print({ deleted: id }, () => `Deleted ${id}.`);
    });
}

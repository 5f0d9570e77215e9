import { setTimeout as delay } from "node:timers/promises";
import { type Command, Option } from "commander";
import { type SourceSchedule, sourceSchedules } from "@/drizzle/enums";
import type { ActionVersionResource } from "@/lib/actions/contract";
import type { BodyInputOf, ResultOf } from "@/lib/http/contract";
import {
  addSourceContract,
  createSourceHookContract,
  importFromSourceContract,
  listSourcesContract,
  removeSourceContract,
  type SourceResource,
  scanSourceContract,
  showSourceContract,
} from "@/lib/sources/contract";
import { packageStatuses } from "@/lib/sources/status";
import { awaitBuild } from "./actions";
import { CliContext, Failed, UsageError } from "./context";
import { readText } from "./input";
import { printIssues } from "./issues";
import { table } from "./table";

const pollMs = 300;

type Shown = ResultOf<typeof showSourceContract>;

/** Named by its id, or by its address where only one has it. */
async function sourceOf(context: CliContext, named: string): Promise<SourceResource> {
  const { items } = await context.call(listSourcesContract, { params: { project: context.project } });
  const found = items.filter((item) => item.id === named || item.url === named);
  if (found.length === 1 && found[0]) return found[0];
  if (found.length > 1) throw new UsageError(`${named} is there with several branches. Name it by its id.`);
  throw new UsageError(`The library has no repository ${named}. \`millrace library list\` shows them.`);
}

async function awaitScan(context: CliContext, id: string): Promise<Shown> {
  for (;;) {
    const shown = await context.call(showSourceContract, { params: { project: context.project, source: id } });
    if (shown.state === "scanned" || shown.state === "failed") return shown;
    await delay(pollMs);
  }
}

function summaryOf({ counts }: SourceResource): string {
  const said = packageStatuses.filter((status) => counts[status] > 0).map((status) => `${counts[status]} ${status}`);
  return said.join(", ") || "no package";
}

function describe(shown: Shown): string {
  const { commit } = shown;
  const at = commit ? `${commit.branch ?? "the default branch"} at ${commit.id.slice(0, 10)} “${commit.subject}”` : "";
  const rows = shown.packages.map(({ path, action, status }) => [
    path || ".",
    action && `${action.id}@${action.version}`,
    status,
  ]);
  const head = `${shown.id}  ${shown.url}\n${at}: ${summaryOf(shown)}`;
  const hint =
    shown.counts.new + shown.counts.changed > 0 ? `\nTo import them: millrace library import ${shown.id} --all` : "";
  return `${head}\n${table(["FOLDER", "ACTION", "STATUS"], rows)}${hint}`;
}

function printScan(context: CliContext, scanned: Shown[], document: unknown): void {
  for (const { url, packages } of scanned) {
    for (const { path, problems } of packages)
      if (problems.length > 0) printIssues(context, `${url} ${path}`, problems);
  }
  const failed = scanned.filter(({ state }) => state === "failed");
  context.print(document, () =>
    scanned
      .filter(({ state }) => state !== "failed")
      .map(describe)
      .join("\n\n"),
  );
  if (failed.length > 0) throw new Failed(failed.map(({ url, problem }) => `${url}: ${problem}`).join("\n"));
}

interface AddOptions {
  branch?: string;
  schedule: SourceSchedule;
  username?: string;
  password?: string;
  deployKey?: string;
}

function credentialsOf(options: AddOptions): BodyInputOf<typeof addSourceContract>["credentials"] {
  if (options.deployKey) {
    if (options.password || options.username) throw new UsageError("Give a deploy key or a password, not both.");
    return { kind: "deploy_key", privateKey: readText(options.deployKey) };
  }
  if (!options.password && !options.username) return null;
  if (!options.password) throw new UsageError("--username needs a --password, which may be a token.");
  return { kind: "password", username: options.username ?? "git", password: readText(options.password).trim() };
}

async function add(url: string, options: AddOptions, command: Command): Promise<void> {
  const context = new CliContext(command);
  const { branch = null, schedule } = options;
  const added = await context.call(addSourceContract, {
    params: { project: context.project },
    body: { url, branch, schedule, credentials: credentialsOf(options) },
  });
  const shown = await awaitScan(context, added.id);
  printScan(context, [shown], shown);
}

async function scan(named: string | undefined, command: Command): Promise<void> {
  const context = new CliContext(command);
  const wanted = named
    ? [await sourceOf(context, named)]
    : (await context.call(listSourcesContract, { params: { project: context.project } })).items;
  const scanned: Shown[] = [];
  for (const { id } of wanted) {
    await context.call(scanSourceContract, { params: { project: context.project, source: id } });
    scanned.push(await awaitScan(context, id));
  }
  printScan(context, scanned, named ? scanned[0] : scanned);
}

async function importPackages(named: string, paths: string[], isAll: boolean, command: Command): Promise<void> {
  if (isAll === paths.length > 0) throw new UsageError("Name the packages' folders, or say --all.");
  const context = new CliContext(command);
  const { id } = await sourceOf(context, named);
  const { items } = await context.call(importFromSourceContract, {
    params: { project: context.project, source: id },
    body: isAll ? { all: true } : { paths: paths.map((path) => (path === "." ? "" : path)) },
  });
  const built: ActionVersionResource[] = [];
  const broken: string[] = [];
  for (const { path, action, problems } of items) {
    if (problems.length > 0) printIssues(context, path, problems);
    if (!action) {
      broken.push(path);
      continue;
    }
    if (!context.json) context.say(`${action.id}@${action.version}`);
    const ended = action.state === "built" ? action : await awaitBuild(context, action);
    if (ended.state === "failed") broken.push(`${path} (${ended.error})`);
    built.push(ended);
  }
  context.print(built, () =>
    table(
      ["ACTION", "STATE", "HASH"],
      built.map((item) => [`${item.id}@${item.version}`, item.state, item.hash.slice(0, 12)]),
    ),
  );
  if (broken.length > 0)
    throw new Failed(`${broken.length} package(s) were not accepted or not built: ${broken.join(", ")}`);
}

export function libraryCommands(program: Command): void {
  const library = program.command("library").description("the git repositories that packages come from");
  library
    .command("add <git-url>")
    .description("add a repository and show the packages that are in it; nothing is imported by itself")
    .option("--branch <branch>", "instead of the repository's default one")
    .addOption(
      new Option("--schedule <schedule>", "when it is scanned again").choices(sourceSchedules).default("manual"),
    )
    .option("--username <name>", "for https, with --password")
    .option("--password <secret>", "a token or password for https: its text, - for stdin, or @FILE")
    .option("--deploy-key <key>", "a private key for ssh: - for stdin, or @FILE")
    .addHelpText("after", "\nExample:\n  millrace library add git@github.com:ada/actions.git --deploy-key @deploy_key")
    .action(add);
  library
    .command("scan [source]")
    .description("read a repository again, or all of them, and show what is new, changed or invalid")
    .addHelpText("after", "\nExample:\n  millrace library scan")
    .action((source: string | undefined, _options: unknown, command: Command) => scan(source, command));
  library
    .command("import <source> [folder...]")
    .description("put packages that the last scan found into the library, and wait for their builds")
    .option("--all", "all that are new or changed")
    .addHelpText("after", "\nExample:\n  millrace library import src_01… actions/greet")
    .action((source: string, folders: string[], options: { all?: boolean }, command: Command) =>
      importPackages(source, folders, options.all ?? false, command),
    );
  library
    .command("list")
    .description("the repositories, and how many of their packages are new, changed or invalid")
    .addHelpText("after", "\nExample:\n  millrace library list")
    .action(async (_options: unknown, command: Command) => {
      const context = new CliContext(command);
      const { items } = await context.call(listSourcesContract, { params: { project: context.project } });
      context.print(items, () =>
        table(
          ["ID", "URL", "BRANCH", "STATE", "COMMIT", "PACKAGES"],
          items.map((item) => [
            item.id,
            item.url,
            item.branch ?? item.commit?.branch ?? null,
            item.state,
            item.commit?.id.slice(0, 10) ?? null,
            item.problem ?? summaryOf(item),
          ]),
        ),
      );
    });
  library
    .command("hook <source>")
    .description("make the link for the repository's push webhooks; it replaces an earlier one")
    .addHelpText("after", "\nExample:\n  millrace library hook src_01…")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = new CliContext(command);
      const { id } = await sourceOf(context, named);
      const hook = await context.call(createSourceHookContract, { params: { project: context.project, source: id } });
      context.print(hook, () => `${hook.url}\n\nThis is the only time the link is shown.`);
    });
  library
    .command("remove <source>")
    .description("remove a repository; what was imported from it stays")
    .addHelpText("after", "\nExample:\n  millrace library remove src_01…")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = new CliContext(command);
      const { id, url } = await sourceOf(context, named);
      await context.call(removeSourceContract, { params: { project: context.project, source: id } });
      context.print({ removed: id }, () => `${url} was removed.`);
    });
}

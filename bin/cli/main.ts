import { Command, CommanderError } from "commander";
import { messageOf } from "@/lib/errors";
import { ApiError, UnreachableError } from "@/lib/http/client";
import { version } from "@/package.json";
import { accountCommands } from "./accounts";
import { actionCommands } from "./actions";
import { catalogueCommands } from "./catalogue";
import { isPrinted, NotSignedIn, UsageError } from "./context";
import { libraryCommands } from "./library";
import { memberCommands } from "./members";
import { keyCommands, projectCommands } from "./projects";
import { runCommands } from "./runs";
import { usageCommands } from "./usage";
import { variableCommands } from "./variables";
import { workflowCommands } from "./workflows";

const status = { failed: 1, usage: 2, unreachable: 3 } as const;

function exitStatusOf(error: unknown): number {
  if (error instanceof UsageError) return status.usage;
  if (error instanceof NotSignedIn || error instanceof UnreachableError) return status.unreachable;
  if (error instanceof ApiError && error.status === 401) return status.unreachable;
  return status.failed;
}

function report(error: unknown): void {
  process.stderr.write(`${messageOf(error)}\n`);
  if (!(error instanceof ApiError)) return;
  for (const issue of error.issues) process.stderr.write(`  ${issue.path}: ${issue.message}\n`);
  if (error.requestId && error.status >= 500) process.stderr.write(`  request id: ${error.requestId}\n`);
}

/** What fails says so in one document too, for scripts that read nothing else. */
function printFailure(error: unknown): void {
  if (isPrinted() || !process.argv.includes("--json")) return;
  const { code, issues } = error instanceof ApiError ? error : { code: undefined, issues: [] };
  const document = {
    error: messageOf(error).replace(/^error: /, ""),
    ...(code && { code }),
    ...(issues.length > 0 && { issues }),
  };
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

async function main(): Promise<void> {
  // As an option of the whole program it would be taken out of commands that have one of the same name.
  if (process.argv.slice(2).join(" ") === "--version") return void process.stdout.write(`${version}\n`);
  const program = new Command("millrace")
    .description("Hosted, durable, documented APIs from small Python and Node functions")
    .option("--url <url>", "the server (MILLRACE_URL; http://localhost:3000)")
    .option("--token <token>", "a personal token (MILLRACE_TOKEN; else your profile's)")
    .option("-p, --project <id>", "the project (MILLRACE_PROJECT; else the one created last)")
    .option("--json", "print exactly one JSON document")
    .showHelpAfterError("(--help says how)")
    .addHelpText("after", "\n`millrace --version` prints the version of this command line.")
    .exitOverride();
  for (const add of [
    accountCommands,
    projectCommands,
    memberCommands,
    keyCommands,
    variableCommands,
    actionCommands,
    catalogueCommands,
    libraryCommands,
    workflowCommands,
    runCommands,
    usageCommands,
  ])
    add(program);
  inherit(program);
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) process.exit(0);
    printFailure(error);
    // Wrong usage has been reported by the parser.
    if (error instanceof CommanderError) process.exit(status.usage);
    report(error);
    process.exit(exitStatusOf(error));
  }
}

/** Global options may stand anywhere on the line, and wrong usage ends each command the same way. */
function inherit(parent: Command): void {
  for (const command of parent.commands) {
    command.exitOverride();
    if (command.commands.length === 0) {
      command.option("--url <url>").option("--token <token>").option("-p, --project <id>").option("--json");
    }
    inherit(command);
  }
}

await main();

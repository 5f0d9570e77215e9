import { existsSync } from "node:fs";
import type { Command } from "commander";
import {
  listVariablesContract,
  setFileVariableContract,
  setVariableContract,
  unsetVariableContract,
  type VariableResource,
} from "@/lib/variables/contract";
import { CliContext, UsageError } from "./context";
import { readText } from "./input";
import { isFolder, sendPath } from "./send-path";
import { table } from "./table";

export function variableCommands(program: Command): void {
  const variable = program.command("variable").description("project variables, for inputs of workflow steps");
  variable
    .command("set <name> <value>")
    .description("create or change a variable; - reads stdin, @FILE a file")
    .option("--secret", "write-only: never shown again")
    .option(
      "--type <type>",
      "string, longstring, password, integer, float, boolean, enum, object, array, file or directory",
    )
    .option("--description <text>", "what it is for")
    .addHelpText(
      "after",
      '\nExample:\n  echo "$TOKEN" | millrace variable set GEO_KEY --secret -\n  millrace variable set RATES --type file @rates.csv',
    )
    .action(
      async (
        name: string,
        value: string,
        options: { secret?: boolean; type?: string; description?: string },
        command: Command,
      ) => {
        const context = new CliContext(command);
        const { type, description, secret = false } = options;
        const params = { project: context.project, variable: name };
        const told = (set: VariableResource) => `Set ${set.name} (${set.type}${set.secret ? ", secret" : ""}).`;
        if (type === "file" || type === "directory") {
          const path = pathOf(value, type);
          const set = await sendPath(path, setFileVariableContract.body.maxBytes, (fileName, body) =>
            context.call(setFileVariableContract, { params, query: { name: fileName, type, description }, body }),
          );
          return context.print(set, () => told(set));
        }
        const text = value === "-" || value.startsWith("@") ? readText(value).replace(/\r?\n$/, "") : value;
        const set = await context.call(setVariableContract, {
          params,
          body: {
            value: typed(text, type),
            secret,
            ...(type && { type: type as "string" }),
            ...(description !== undefined && { description }),
          },
        });
        context.print(set, () => told(set));
      },
    );
  variable
    .command("list")
    .description("the project's variables")
    .addHelpText("after", "\nExample:\n  millrace variable list")
    .action(async (_options: unknown, command: Command) => {
      const context = new CliContext(command);
      const { items } = await context.call(listVariablesContract, { params: { project: context.project } });
      context.print(items, () =>
        table(
          ["NAME", "TYPE", "SECRET", "VALUE"],
          items.map((item) => [
            item.name,
            item.type,
            item.secret ? "yes" : "no",
            item.secret ? "••••••" : JSON.stringify(item.value),
          ]),
        ),
      );
    });
  variable
    .command("unset <name>")
    .description("delete a variable that no workflow uses")
    .addHelpText("after", "\nExample:\n  millrace variable unset GEO_KEY")
    .action(async (name: string, _options: unknown, command: Command) => {
      const context = new CliContext(command);
      await context.call(unsetVariableContract, { params: { project: context.project, variable: name } });
      context.print({ name }, () => `Deleted ${name}.`);
    });
}

/** Where a file or folder lies that a variable is set to. @throws UsageError */
function pathOf(value: string, type: "file" | "directory"): string {
  if (!value.startsWith("@")) throw new UsageError(`A ${type} is given as @PATH.`);
  const path = value.slice(1);
  if (!existsSync(path)) throw new UsageError(`${path} does not exist.`);
  if (type === "file" && isFolder(path)) throw new UsageError(`${path} is a folder: give --type directory.`);
  return path;
}

/** The command line has only text; a type says what it stands for. */
function typed(text: string, type: string | undefined): NonNullable<VariableResource["value"]> {
  if (type === "object" || type === "array") {
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new UsageError(`The value is not JSON: ${(error as Error).message}`);
    }
  }
  if (type === "integer" || type === "float") {
    const number = Number(text);
    if (!Number.isFinite(number)) throw new UsageError(`${text} is not a number.`);
    return number;
  }
  if (type === "boolean") {
    if (text !== "true" && text !== "false") throw new UsageError("A boolean is true or false.");
    return text === "true";
  }
  return text;
}

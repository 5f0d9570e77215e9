import type { Command } from "commander";
import type { ActionVersionResource } from "@/lib/actions/contract";
import { addCatalogueEntryContract, listCatalogueContract, showCatalogueEntryContract } from "@/lib/catalogue/contract";
import { awaitBuild, describeIo } from "./actions";
import { CliContext, Failed } from "./context";
import { table } from "./table";

async function add(ids: string[], command: Command): Promise<void> {
  const context = new CliContext(command);
  const added: ActionVersionResource[] = [];
  for (const id of ids) {
    const action = await context.call(addCatalogueEntryContract, { params: { project: context.project, action: id } });
    if (!context.json) context.say(`${action.id}@${action.version}`);
    added.push(action.state === "built" ? action : await awaitBuild(context, action));
  }
  context.print(added, () =>
    table(
      ["ACTION", "STATE", "NAME"],
      added.map((item) => [`${item.id}@${item.version}`, item.state, item.name]),
    ),
  );
  for (const { id, network, folders } of added) {
    if (network.policy !== "off")
      context.say(`${id} asks for the network. To grant it: millrace action grant ${id} --network on (or allow-list)`);
    if (folders) context.say(`${id} asks for folders of the server, which its operator grants (MILLRACE_FOLDERS)`);
  }
  const broken = added.filter((item) => item.state === "failed");
  if (broken.length > 0) throw new Failed(broken.map((item) => `${item.id}: ${item.error}`).join("\n"));
}

export function catalogueCommands(program: Command): void {
  const catalogue = program.command("catalogue").description("the actions that come with Millrace");
  catalogue
    .command("list")
    .description("what there is")
    .addHelpText("after", "\nExample:\n  millrace catalogue list")
    .action(async (_options: unknown, command: Command) => {
      const context = new CliContext(command);
      const { items } = await context.call(listCatalogueContract);
      context.print(items, () =>
        table(
          ["ACTION", "NAME", "CATEGORIES"],
          items.map((item) => [`${item.id}@${item.version}`, item.name, item.categories.join(", ")]),
        ),
      );
    });
  catalogue
    .command("show <id>")
    .description("one of them, with its inputs, outputs and an example")
    .addHelpText("after", "\nExample:\n  millrace catalogue show http-request")
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = new CliContext(command);
      const shown = await context.call(showCatalogueEntryContract, { params: { action: id } });
      const example = shown.example ? `\nExample: ${JSON.stringify(shown.example, null, 2)}` : "";
      context.print(
        shown,
        () =>
          `${shown.name} (${shown.id}@${shown.version})\n${shown.description}\nInputs:\n${describeIo(shown.inputs)}\nOutputs:\n${describeIo(shown.outputs)}${example}`,
      );
    });
  catalogue
    .command("add <id...>")
    .description("put them into the project's library, and wait for their builds")
    .addHelpText("after", "\nExample:\n  millrace catalogue add http-request json-transform")
    .action((ids: string[], _options: unknown, command: Command) => add(ids, command));
}

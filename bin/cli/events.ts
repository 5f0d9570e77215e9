import { type Command, Option } from "commander";
import { eventOutcomes } from "@/drizzle/enums";
import {
  type EventResource,
  listEventsContract,
  readTriggerLogContract,
  redeliverEventsContract,
  showClockContract,
  showTriggerContract,
  type TriggerResource,
} from "@/lib/triggers/contract";
import { CliContext, Failed } from "./context";
import { table } from "./table";

const rowOf = (event: EventResource) => [
  event.id,
  event.at,
  event.kind,
  event.identity,
  event.outcome,
  event.runId ??
    `${event.missed && event.missed.count > 1 ? `${event.missed.count} times missed. ` : ""}${event.reason ?? ""}`,
];

function stateOf({ name, action, state, since, reason, nextTryAt, failures }: TriggerResource): string {
  const next = nextTryAt ? `\nNext try: ${nextTryAt} (failures in a row: ${failures})` : "";
  return `${name} (${action.id}@${action.version}) is ${state} since ${since}${reason ? `\n${reason}` : ""}${next}`;
}

/** What came in for a workflow, and when it comes next. */
export function eventCommands(workflow: Command): void {
  workflow
    .command("events <id>")
    .description("what came in for a workflow, newest first, and what became of it")
    .addOption(new Option("--outcome <outcome>", "only those of which this became").choices([...eventOutcomes]))
    .option("--limit <number>", "how many", "50")
    .option("--cursor <cursor>", "the page after this one's")
    .addHelpText("after", "\nExample:\n  millrace workflow events wf_01… --outcome rejected")
    .action(async (id: string, options: { outcome?: string; limit: string; cursor?: string }, command: Command) => {
      const context = new CliContext(command);
      const page = await context.call(listEventsContract, {
        params: { project: context.project, workflow: id },
        query: { ...options, limit: Number(options.limit) },
      });
      context.print(page, () => {
        const more = page.nextCursor ? `\nMore: --cursor ${page.nextCursor}` : "";
        return table(["ID", "AT", "KIND", "IDENTITY", "OUTCOME", "RUN OR REASON"], page.items.map(rowOf)) + more;
      });
    });
  workflow
    .command("redeliver <id> <event...>")
    .description("start a run for each of these events once more")
    .option("--version <number>", "a published version instead of the live one")
    .addHelpText("after", "\nExample:\n  millrace workflow redeliver wf_01… evt_01… evt_02…")
    .action(async (id: string, events: string[], options: { version?: string }, command: Command) => {
      const context = new CliContext(command);
      const { items } = await context.call(redeliverEventsContract, {
        params: { project: context.project, workflow: id },
        body: { events, ...(options.version !== undefined && { version: Number(options.version) }) },
      });
      context.print(items, () =>
        table(
          ["EVENT", "RUN OR PROBLEM"],
          items.map((item) => [item.event, item.runId ?? item.problem]),
        ),
      );
      const failed = items.filter((item) => item.problem !== null).length;
      if (failed > 0) throw new Failed(`${failed} of ${items.length} could not be delivered again.`);
    });
  workflow
    .command("clock <id>")
    .description("the next ten times that a live workflow's clock starts a run")
    .addHelpText("after", "\nExample:\n  millrace workflow clock wf_01…")
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = new CliContext(command);
      const clock = await context.call(showClockContract, { params: { project: context.project, workflow: id } });
      context.print(clock, () => clock.next.join("\n") || "There are no more times.");
    });
  workflow
    .command("trigger <id>")
    .description("how a live workflow's listening trigger does")
    .option("--logs", "the last lines that it wrote instead")
    .option("--limit <number>", "how many lines", "100")
    .option("--cursor <cursor>", "the lines before this page's")
    .addHelpText("after", "\nExample:\n  millrace workflow trigger wf_01… --logs")
    .action(async (id: string, options: { logs?: boolean; limit: string; cursor?: string }, command: Command) => {
      const context = new CliContext(command);
      const params = { project: context.project, workflow: id };
      if (!options.logs) {
        const trigger = await context.call(showTriggerContract, { params });
        return context.print(trigger, () => stateOf(trigger));
      }
      const query = { limit: Number(options.limit), ...(options.cursor && { cursor: options.cursor }) };
      const page = await context.call(readTriggerLogContract, { params, query });
      context.print(page, () => {
        const more = page.nextCursor ? `\nEarlier: --cursor ${page.nextCursor}` : "";
        return page.items.map(({ at, line }) => `${at} ${line}`).join("\n") + more;
      });
    });
}

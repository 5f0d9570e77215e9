import type { Command } from "commander";
import { type LimitResource, showLimitsContract, updateLimitsContract } from "@/lib/limits/contract";
import { formatLimit, parseLimitChanges } from "@/lib/limits/limit-text";
import { showUsageContract, type UsagePeriod } from "@/lib/usage/contract";
import { CliContext, UsageError } from "./context";
import { duration, table } from "./table";

function periodRow(period: UsagePeriod): (string | number)[] {
  const { hours, completed, failed, canceled, stepMs, refused } = period;
  return [hours === 24 ? "24 hours" : "30 days", completed, failed, canceled, duration(stepMs), refused];
}

const limitRow = ({ name, value, cap }: LimitResource) => [name, formatLimit(name, value), formatLimit(name, cap)];

/** @throws UsageError */
function readChanges(pairs: string[]) {
  try {
    return parseLimitChanges(pairs);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

export function usageCommands(program: Command): void {
  program
    .command("usage")
    .description("what the project has used, and what of its limits is in use")
    .addHelpText("after", "\nExample:\n  millrace usage --json")
    .action(async (_options: unknown, command: Command) => {
      const context = new CliContext(command);
      const usage = await context.call(showUsageContract, { params: { project: context.project } });
      context.print(usage, () =>
        [
          table(["WITHIN", "COMPLETED", "FAILED", "CANCELED", "IN STEPS", "REFUSED"], usage.periods.map(periodRow)),
          table(
            ["LIMIT", "IN USE", "LIMIT IS"],
            usage.limits.map(({ name, used, value }) => [
              name,
              used === null ? null : formatLimit(name, used),
              formatLimit(name, value),
            ]),
          ),
        ].join("\n\n"),
      );
    });
  const limits = program.command("limits").description("what the project may use");
  limits
    .command("list")
    .description("each limit, and what this instance allows the project at most")
    .addHelpText("after", "\nExample:\n  millrace limits list")
    .action(async (_options: unknown, command: Command) => {
      const context = new CliContext(command);
      const { items } = await context.call(showLimitsContract, { params: { project: context.project } });
      context.print(items, () => table(["LIMIT", "IS", "ALLOWED"], items.map(limitRow)));
    });
  limits
    .command("set <name=value...>")
    .description("hold the project to less than it is allowed; `default` takes that back")
    .addHelpText("after", "\nExample:\n  millrace limits set memoryBytes=512M openRuns=200 retentionDays=default")
    .action(async (pairs: string[], _options: unknown, command: Command) => {
      const context = new CliContext(command);
      const params = { project: context.project };
      const { items } = await context.call(updateLimitsContract, { params, body: readChanges(pairs) });
      context.print(items, () => table(["LIMIT", "IS", "ALLOWED"], items.map(limitRow)));
    });
}

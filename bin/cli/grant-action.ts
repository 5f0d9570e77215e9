import type { Command } from "commander";
import { grantNetworkContract } from "@/lib/actions/contract";
import { type NetworkAccess, networkPolicies } from "@/lib/actions/network";
import { CliContext, UsageError } from "./context";

/** What a person reads of an access. */
export function describeAccess({ policy, hosts }: NetworkAccess): string {
  return policy === "allow-list" ? hosts.join(", ") : policy;
}

interface GrantOptions {
  network: string;
  host: string[];
}

async function grant(id: string, { network, host }: GrantOptions, command: Command): Promise<void> {
  const context = new CliContext(command);
  const policy = networkPolicies.find((one) => one === network);
  if (!policy) throw new UsageError(`--network must be one of ${networkPolicies.join(", ")}.`);
  if (policy === "allow-list" && host.length === 0) throw new UsageError("An allow-list needs at least one --host.");
  if (policy !== "allow-list" && host.length > 0) throw new UsageError("--host goes with --network allow-list.");
  const params = { project: context.project, action: id.split("@")[0] ?? id };
  const granted = await context.call(grantNetworkContract, { params, body: { policy, hosts: host } });
  context.print(granted, () => `${params.action} may now reach: ${describeAccess(granted)}`);
}

export function addGrantCommand(action: Command): void {
  action
    .command("grant <id>")
    .description("say what an action's handlers may reach of the network, in all its versions")
    .requiredOption("--network <policy>", networkPolicies.join(", "))
    .option("--host <host>", "for allow-list, each with its own --host", (host, all: string[]) => [...all, host], [])
    .addHelpText(
      "after",
      "\nExample:\n  millrace action grant fetch-page --network allow-list --host api.example.com --host db.example.com:5432\n  millrace action grant fetch-page --network off",
    )
    .action(grant);
}

import type { Command } from "commander";
import { createKeyContract, listKeysContract, revokeKeyContract } from "@/lib/keys/contract";
import {
  createProjectContract,
  deleteProjectContract,
  listProjectsContract,
  showProjectContract,
  updateProjectContract,
} from "@/lib/projects/contract";
import { CliContext, UsageError } from "./context";
import { readProfile, writeProfile } from "./profile";
import { table } from "./table";

export function projectCommands(program: Command): void {
  const project = program.command("project").description("projects: the tenants that everything belongs to");
  project
    .command("create <name>")
    .description("create a project; later commands use it unless -p names another")
    .addHelpText("after", '\nExample:\n  millrace project create "Weather"')
    .action(async (name: string, _options: unknown, command: Command) => {
      const context = new CliContext(command);
      const created = await context.call(createProjectContract, { body: { name } });
      const profile = readProfile();
      if (profile?.url === context.url) writeProfile({ ...profile, project: created.id });
      context.print(
        created,
        () => `Created ${created.name} (${created.id}).\nProject URL: ${created.url}\nOpenAPI: ${created.openapiUrl}`,
      );
    });
  project
    .command("list")
    .description("your projects")
    .addHelpText("after", "\nExample:\n  millrace project list --json")
    .action(async (_options: unknown, command: Command) => {
      const context = new CliContext(command);
      const { items } = await context.call(listProjectsContract);
      context.print(items, () =>
        table(
          ["ID", "NAME", "ROLE", "URL"],
          items.map((item) => [item.id, item.name, item.role, item.url]),
        ),
      );
    });
  project
    .command("show [id]")
    .description("one project; the current one unless named")
    .addHelpText("after", "\nExample:\n  millrace project show")
    .action(async (id: string | undefined, _options: unknown, command: Command) => {
      const context = new CliContext(command);
      const shown = await context.call(showProjectContract, { params: { project: id ?? context.project } });
      context.print(
        shown,
        () =>
          `${shown.name} (${shown.id}), you are ${shown.role}\nProject URL: ${shown.url}\nOpenAPI: ${shown.openapiUrl}\nKeys ${shown.requireKey ? "required" : "not required"}`,
      );
    });
  project
    .command("delete <id>")
    .description("delete a project with all that it holds; runs under way are canceled")
    .requiredOption("--yes", "you mean it: there is no way back")
    .addHelpText("after", "\nExample:\n  millrace project delete a1b2c3d4e5 --yes")
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = new CliContext(command);
      await context.call(deleteProjectContract, { params: { project: id } });
      context.print({ deleted: id }, () => `Deleted ${id}.`);
    });
}

function expiryOf(text: string): string {
  if (Number.isNaN(Date.parse(text)))
    throw new UsageError("--expires must be a date such as 2027-01-31, or a full timestamp.");
  return text;
}

export function keyCommands(program: Command): void {
  const key = program.command("key").description("API keys of the project, which callers of its endpoints send");
  key
    .command("create <name>")
    .description("create a key; the secret is shown once")
    .option("--expires <date>", "when it stops working, as 2027-01-31 or a full timestamp")
    .addHelpText("after", "\nExample:\n  millrace key create frontend --expires 2027-12-31")
    .action(async (name: string, options: { expires?: string }, command: Command) => {
      const context = new CliContext(command);
      const created = await context.call(createKeyContract, {
        params: { project: context.project },
        body: { name, ...(options.expires && { expiresAt: expiryOf(options.expires) }) },
      });
      context.print(
        created,
        () => `${created.key}\n\nThis is the only time the key is shown. Send it as \`Authorization: Bearer <key>\`.`,
      );
    });
  key
    .command("list")
    .description("the project's keys")
    .addHelpText("after", "\nExample:\n  millrace key list")
    .action(async (_options: unknown, command: Command) => {
      const context = new CliContext(command);
      const { items } = await context.call(listKeysContract, { params: { project: context.project } });
      const state = (item: (typeof items)[number]) =>
        item.revokedAt ? "revoked" : item.expiresAt && new Date(item.expiresAt) < new Date() ? "expired" : "active";
      context.print(items, () =>
        table(
          ["ID", "NAME", "KEY", "STATE", "EXPIRES", "LAST USED"],
          items.map((item) => [item.id, item.name, `${item.prefix}…`, state(item), item.expiresAt, item.lastUsedAt]),
        ),
      );
    });
  key
    .command("revoke <id>")
    .description("refuse calls with this key from now on")
    .addHelpText("after", "\nExample:\n  millrace key revoke key_01…")
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = new CliContext(command);
      const revoked = await context.call(revokeKeyContract, { params: { project: context.project, key: id } });
      context.print(revoked, () => `Revoked ${revoked.name}.`);
    });
  key
    .command("require <on|off>")
    .description("whether the project's endpoints refuse calls without a key")
    .addHelpText("after", "\nExample:\n  millrace key require off")
    .action(async (value: string, _options: unknown, command: Command) => {
      if (value !== "on" && value !== "off") throw new UsageError("Say on or off.");
      const context = new CliContext(command);
      const updated = await context.call(updateProjectContract, {
        params: { project: context.project },
        body: { requireKey: value === "on" },
      });
      context.print(updated, () =>
        updated.requireKey ? "Calls need a key." : "Endpoints are public now: anybody may call them.",
      );
    });
}

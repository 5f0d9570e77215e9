import type { Command } from "commander";
import { type Role, roles } from "@/drizzle/enums";
import {
  changeMemberRoleContract,
  createInviteContract,
  listMembersContract,
  removeMemberContract,
} from "@/lib/members/contract";
import { CliContext, UsageError } from "./context";
import { table } from "./table";

function roleOf(text: string): Role {
  const role = roles.find((known) => known === text);
  if (!role) throw new UsageError(`There is no role “${text}”. They are ${roles.join(", ")}.`);
  return role;
}

/** People are named by their e-mail address; the API knows them by id. */
async function userIdOf(context: CliContext, email: string): Promise<string> {
  const { items } = await context.call(listMembersContract, { params: { project: context.project } });
  const found = items.find((item) => item.email.toLowerCase() === email.toLowerCase() || item.userId === email);
  if (!found) throw new UsageError(`${email} is not a member of the project.`);
  return found.userId;
}

export function memberCommands(program: Command): void {
  const member = program.command("member").description("who may do what in the project");
  member
    .command("list")
    .description("the project's members and their roles")
    .addHelpText("after", "\nExample:\n  millrace member list")
    .action(async (_options: unknown, command: Command) => {
      const context = new CliContext(command);
      const { items } = await context.call(listMembersContract, { params: { project: context.project } });
      context.print(items, () =>
        table(
          ["E-MAIL", "NAME", "ROLE", "SINCE"],
          items.map((item) => [item.email, item.name, item.role, item.joinedAt]),
        ),
      );
    });
  member
    .command("invite [email]")
    .description("make a link that somebody joins the project with; it works once")
    .option("--role <role>", roles.join(", "), "developer")
    .option("--days <days>", "until the link stops working", "7")
    .addHelpText("after", "\nExample:\n  millrace member invite ada@example.com --role operator")
    .action(async (email: string | undefined, options: { role: string; days: string }, command: Command) => {
      const context = new CliContext(command);
      const invited = await context.call(createInviteContract, {
        params: { project: context.project },
        body: { role: roleOf(options.role), email: email ?? null, days: Number(options.days) },
      });
      context.print(invited, () => `${invited.link}\n\nThis is the only time the link is shown.`);
    });
  member
    .command("role <email> <role>")
    .description("give a member another role")
    .addHelpText("after", "\nExample:\n  millrace member role ada@example.com admin")
    .action(async (email: string, role: string, _options: unknown, command: Command) => {
      const context = new CliContext(command);
      const params = { project: context.project, member: await userIdOf(context, email) };
      const changed = await context.call(changeMemberRoleContract, { params, body: { role: roleOf(role) } });
      context.print(changed, () => `${changed.email} is ${changed.role} now.`);
    });
  member
    .command("remove <email>")
    .description("take a member out of the project")
    .addHelpText("after", "\nExample:\n  millrace member remove ada@example.com")
    .action(async (email: string, _options: unknown, command: Command) => {
      const context = new CliContext(command);
      const params = { project: context.project, member: await userIdOf(context, email) };
      await context.call(removeMemberContract, { params });
      context.print({ removed: email }, () => `${email} is no longer a member.`);
    });
}

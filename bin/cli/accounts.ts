import type { Command } from "commander";
import { signInContract, signOutContract, signUpContract, whoAmIContract } from "@/lib/accounts/contract";
import { CliContext } from "./context";
import { readStdin } from "./input";
import { deleteProfile, writeProfile } from "./profile";

const passwordHelp = "the password; - reads it from stdin";
const passwordOf = (given: string) => (given === "-" ? readStdin().replace(/\r?\n$/, "") : given);

interface Credentials {
  email: string;
  password: string;
  name?: string;
}

export function accountCommands(program: Command): void {
  program
    .command("signup")
    .description("create an account, where sign-up is open, and sign in")
    .requiredOption("--email <email>", "the account's e-mail address")
    .requiredOption("--password <password>", passwordHelp)
    .option("--name <name>", "your name")
    .addHelpText("after", "\nExample:\n  millrace signup --email ada@example.com --password 'correct horse'")
    .action(async (options: Credentials, command: Command) => {
      const context = new CliContext(command);
      const { email, name } = options;
      const result = await context.call(signUpContract, {
        body: { email, password: passwordOf(options.password), ...(name && { name }) },
      });
      writeProfile({ url: context.url, token: result.token });
      context.print(result, () => `Signed up and in as ${result.user.email}.`);
    });

  program
    .command("login")
    .description("sign in; the token is kept in your profile")
    .requiredOption("--email <email>", "the account's e-mail address")
    .requiredOption("--password <password>", passwordHelp)
    .addHelpText("after", '\nExample:\n  echo "$PASSWORD" | millrace login --email ada@example.com --password -')
    .action(async (options: Credentials, command: Command) => {
      const context = new CliContext(command);
      const result = await context.call(signInContract, {
        body: { email: options.email, password: passwordOf(options.password) },
      });
      writeProfile({ url: context.url, token: result.token });
      context.print(result, () => `Signed in as ${result.user.email}.`);
    });

  program
    .command("logout")
    .description("revoke the token in your profile and forget it")
    .addHelpText("after", "\nExample:\n  millrace logout")
    .action(async (_options: unknown, command: Command) => {
      const context = new CliContext(command);
      await context.call(signOutContract);
      deleteProfile();
      context.print({ ok: true }, () => "Signed out.");
    });

  program
    .command("whoami")
    .description("show who is signed in")
    .addHelpText("after", "\nExample:\n  millrace whoami --json")
    .action(async (_options: unknown, command: Command) => {
      const context = new CliContext(command);
      const result = await context.call(whoAmIContract);
      context.print(result, () => `${result.user.email} at ${context.url}`);
    });
}

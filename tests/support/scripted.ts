import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Cli } from "./cli";
import { fixturePath } from "./fixtures";
import { signUp } from "./project";

/** A project as a script in CI has one: a folder, a token in the environment, and the command line. */
export interface Scripted {
  folder: string;
  cli: Cli;
  /** Writes a file into the folder. @returns its name */
  write: (name: string, content: string) => string;
  close: () => void;
}

export async function openScripted(...fixtures: string[]): Promise<Scripted> {
  const folder = mkdtempSync(join(tmpdir(), "millrace-cli-"));
  const person = await signUp();
  const first = new Cli(folder, { MILLRACE_TOKEN: person.token });
  const { id } = await first.json<{ id: string }>(["project", "create", "Scripted ☀"]);
  const cli = first.with({ MILLRACE_TOKEN: person.token, MILLRACE_PROJECT: id });
  if (fixtures.length > 0) await cli.text(["action", "push", ...fixtures.map(fixturePath)]);
  return {
    folder,
    cli,
    write: (name, content) => {
      writeFileSync(join(folder, name), content);
      return name;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

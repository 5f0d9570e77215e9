import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";
import { instance } from "../support/instance";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "millrace-readme-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The first block of commands below a heading of the README. */
function commandsBelow(heading: string): string {
  const readme = readFileSync("README.md", "utf8");
  const [, block] = /```\n([\s\S]*?)```/.exec(readme.slice(readme.indexOf(`## ${heading}`))) ?? [];
  if (!block) throw new Error(`There is no block of commands below ${heading}.`);
  return block;
}

it("takes a newcomer from nothing to an answered call with the commands of the README", async () => {
  const { url } = instance();
  const commands = commandsBelow("Your first answered call")
    .replaceAll("npx millrace", `${process.execPath} ${resolve("bin/millrace.mjs")}`)
    .replace("you@example.com", `reader-${process.pid}@example.com`);
  const { stdout } = await run("bash", ["-e", "-c", commands], {
    cwd: folder,
    env: { ...process.env, MILLRACE_URL: url, XDG_CONFIG_HOME: join(folder, "config") },
  });
  const [, address] = /GET (http\S+)\/hello\/\{name\}/.exec(stdout) ?? [];
  const [key] = /^mrk_\S+/m.exec(stdout) ?? [];
  const answer = await fetch(`${address}/hello/Ada`, { headers: { authorization: `Bearer ${key}` } });
  expect([answer.status, await answer.json()]).toEqual([200, { greeting: "Hello Ada!" }]);
});

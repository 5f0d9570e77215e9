import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findGit, GitFailed, runGit } from "./git";
import { ScanFailed } from "./scan-failed";

let folder: string;
let git: string;
const env = { PATH: process.env.PATH, NODE_ENV: "test" as const, GIT_CONFIG_GLOBAL: "/dev/null" };
const mib = 1024 * 1024;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "millrace-git-"));
  git = await findGit();
  const run = (...args: string[]) =>
    execFileSync(git, ["-c", "user.name=A", "-c", "user.email=a@b.c", ...args], { cwd: folder, env, stdio: "pipe" });
  run("init", "--quiet", "large");
  writeFileSync(join(folder, "large", "noise"), randomBytes(4 * mib));
  run("-C", "large", "add", "noise");
  run("-C", "large", "commit", "--quiet", "--message", "noise");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function inNewFolder(more: { maxBytes?: number; timeoutMs?: number; signal?: AbortSignal } = {}) {
  const cwd = mkdtempSync(join(folder, "work-"));
  return { cwd, env, timeoutMs: 20_000, maxBytes: 64 * mib, signal: new AbortController().signal, ...more };
}

async function failureOf(program: string, args: string[], options: Parameters<typeof runGit>[2]): Promise<Error> {
  return runGit(program, args, options).then(
    () => new Error("it did not fail"),
    (error: Error) => error,
  );
}

it("stops a repository that grows beyond its limit", async () => {
  const options = inNewFolder({ maxBytes: 2 * mib });
  await runGit(git, ["init", "--quiet"], options);
  const error = await failureOf(git, ["fetch", "--quiet", `file://${folder}/large`, "HEAD"], options);
  expect(error).toBeInstanceOf(ScanFailed);
  expect(error.message).toMatch(/larger than 2 MiB/);
  const roomy = inNewFolder();
  await runGit(git, ["init", "--quiet"], roomy);
  await runGit(git, ["fetch", "--quiet", `file://${folder}/large`, "HEAD"], roomy);
});

it("stops what grows in many files too", async () => {
  const grow = "i=0; while :; do i=$((i+1)); head -c 200000 /dev/zero > f$i; sleep 0.01; done";
  const error = await failureOf("/bin/sh", ["-c", grow], inNewFolder({ maxBytes: 2 * mib }));
  expect(error.message).toMatch(/larger than 2 MiB/);
});

it("stops what takes too long, with its children", async () => {
  const begun = Date.now();
  const error = await failureOf("/bin/sh", ["-c", "sleep 30 & sleep 30"], inNewFolder({ timeoutMs: 300 }));
  expect(error).toBeInstanceOf(ScanFailed);
  expect(error.message).toMatch(/took longer than 0.3 s/);
  expect(Date.now() - begun).toBeLessThan(5_000);
});

it("stops when it is not wanted any more", async () => {
  const signal = AbortSignal.timeout(200);
  const error = await failureOf("/bin/sleep", ["30"], inNewFolder({ signal }));
  expect(error.name).toBe("TimeoutError");
});

it("tells what git said", async () => {
  const error = await failureOf(git, ["rev-parse", "nothing-like-it"], inNewFolder());
  expect(error).toBeInstanceOf(GitFailed);
});

it("says that there is no git, and how to get it", async () => {
  const path = process.env.PATH;
  process.env.PATH = folder;
  try {
    await expect(findGit()).rejects.toThrow(/has no git.*apt-get install git/s);
  } finally {
    process.env.PATH = path;
  }
});

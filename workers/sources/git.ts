import { spawn } from "node:child_process";
import { access, constants, readdir, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { ScanFailed } from "./scan-failed";

const sizeCheckMs = 500;
const maxOutputBytes = 32 * 1024 * 1024;
const maxErrorBytes = 64 * 1024;

export interface GitOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  timeoutMs: number;
  /** What the folder may grow to. */
  maxBytes: number;
  signal: AbortSignal;
  stdin?: string;
}

/** What git itself said no to; the message is the last of its stderr. */
export class GitFailed extends Error {
  override name = "GitFailed";
}

/** The system's git. @throws ScanFailed where there is none */
export async function findGit(): Promise<string> {
  for (const folder of (process.env.PATH ?? "").split(delimiter).filter(Boolean)) {
    const path = join(folder, "git");
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  throw new ScanFailed(
    "The worker's machine has no git, which reads repositories. Its operator installs it, on Debian with: apt-get install git",
  );
}

async function bytesIn(folder: string): Promise<number> {
  let total = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])) {
    if (entry.isFile()) total += (await stat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size;
  }
  return total;
}

/**
 * Runs git, which is killed with all its children once it takes too long, grows too large or is not wanted any more.
 * @throws GitFailed, ScanFailed
 */
export async function runGit(git: string, args: string[], options: GitOptions): Promise<string> {
  const { cwd, env, timeoutMs, maxBytes, signal, stdin = "" } = options;
  signal.throwIfAborted();
  // No file of it may outgrow the limit between two looks at the folder.
  const limited = ["-c", `ulimit -f ${Math.ceil(maxBytes / 512)}; exec "$@"`, "sh", git, ...args];
  const child = spawn("/bin/sh", limited, { cwd, env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
  let reason: Error | undefined;
  const kill = (why: Error) => {
    reason ??= why;
    if (child.pid) {
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // It has ended by itself.
      }
    }
  };
  const tooLarge = () => new ScanFailed(`The repository is larger than ${maxBytes >> 20} MiB, the most that is read.`);
  const timer = setTimeout(
    () => kill(new ScanFailed(`Reading the repository took longer than ${timeoutMs / 1000} s and was stopped.`)),
    timeoutMs,
  );
  const watch = setInterval(() => void bytesIn(cwd).then((bytes) => bytes > maxBytes && kill(tooLarge())), sizeCheckMs);
  const abort = () => kill(signal.reason instanceof Error ? signal.reason : new Error("the scan was stopped"));
  signal.addEventListener("abort", abort, { once: true });
  try {
    const output: Buffer[] = [];
    let outputBytes = 0;
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      outputBytes += chunk.length;
      if (outputBytes > maxOutputBytes) kill(new ScanFailed("The repository holds too many files to be read."));
      else output.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString("utf8")).slice(-maxErrorBytes);
    });
    child.stdin.on("error", () => {});
    child.stdin.end(stdin);
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, killedBy) => {
        if (killedBy === "SIGXFSZ" || /File too large|signal 25/.test(said)) reason ??= tooLarge();
        resolve(code);
      });
    });
    if (reason) throw reason;
    if (status !== 0) throw new GitFailed(said);
    return Buffer.concat(output).toString("utf8");
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
    signal.removeEventListener("abort", abort);
  }
}

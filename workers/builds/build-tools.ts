import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { createInterface } from "node:readline";
import { type FoundPythons, findPythons, type Interpreter, minorOf } from "../action-runtime/interpreters";

/** A build that cannot succeed as the package stands; the message is for its author. */
export class BuildFailed extends Error {
  override name = "BuildFailed";
}

export type BuildLog = (line: string) => void;

export interface BuildTools {
  /** Folder of installed dependencies, one below it for each digest. */
  depsRoot: string;
  /** Caches of the installers; only they write it. */
  cacheRoot: string;
  /** Where tools that had to be fetched are kept. */
  toolsRoot: string;
}

/** What an installer may see of this process's environment: how to reach its registry, and no secret of ours. */
const passedOn =
  /^(PATH|HOME|LANG|LC_.*|TMPDIR|HTTPS?_PROXY|NO_PROXY|ALL_PROXY|https?_proxy|no_proxy|all_proxy|SSL_CERT_.*|REQUESTS_CA_BUNDLE|NODE_EXTRA_CA_CERTS|CURL_CA_BUNDLE|UV_(INDEX|DEFAULT_INDEX|EXTRA_INDEX|INDEX_URL|NATIVE_TLS|SYSTEM_CERTS).*|PIP_INDEX_URL|PIP_CERT|npm_config_(registry|cafile))$/;

export function installerEnvironment(extra: Record<string, string>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => passedOn.test(name));
  return { ...Object.fromEntries(kept), ...extra } as NodeJS.ProcessEnv;
}

export interface CommandOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  timeoutMs: number;
  log: BuildLog;
}

/** Runs an installer, its output going to the build's log. @throws BuildFailed with its last words */
export async function runCommand(program: string, args: string[], options: CommandOptions): Promise<string> {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      options.log(line);
    });
  }
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    if (child.pid) process.kill(-child.pid, "SIGKILL");
  }, options.timeoutMs);
  const status = await new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      lines.push(error.message);
      resolve(null);
    });
    child.once("close", resolve);
  });
  clearTimeout(timer);
  if (timedOut)
    throw new BuildFailed(
      `Installing the dependencies took longer than ${options.timeoutMs / 60_000} min and was stopped.`,
    );
  if (status === 0) return lines.join("\n");
  throw new BuildFailed(lastWords(lines) || `${program} ended with status ${status}.`);
}

function lastWords(lines: string[]): string {
  const said = lines
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("npm error A complete log"));
  return said.slice(-6).join("\n");
}

/** Asking every interpreter takes half a second where version managers' shims stand before them. */
const askAgainMs = 60_000;
let asked: { found: Promise<FoundPythons>; at: number } | undefined;

/** What was found is remembered for a while; that nothing was, is not: it may be what somebody mends just now. */
async function knownPythons(): Promise<FoundPythons> {
  if (!asked || Date.now() - asked.at > askAgainMs) asked = { found: findPythons(), at: Date.now() };
  const found = await asked.found;
  if (found.usable.length === 0) asked = undefined;
  return found;
}

/** The interpreter for a version that a package asks for, or the machine's default. @throws BuildFailed naming what there is */
export async function pythonFor(wanted: string | null): Promise<Interpreter> {
  const { usable, reason } = await knownPythons();
  const [first] = usable;
  if (!first) throw new BuildFailed(`Python actions cannot be built or run on this machine. ${reason}`);
  if (wanted === null) return first;
  const found = usable.find((python) => minorOf(python.version) === wanted);
  if (found) return found;
  const known = usable.map((python) => minorOf(python.version)).join(", ");
  throw new BuildFailed(
    `The package asks for Python ${wanted} (spec.options.python.version), which is not installed here. There is ${known}.`,
  );
}

/** Another build of the same dependencies may have been there first: then its folder, which is no other, stays. */
export async function putInPlace(folder: string, target: string): Promise<void> {
  await rename(folder, target).catch((error) => {
    if (!existsSync(target)) throw error;
  });
}

import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { ActionInterface } from "@/lib/actions";
import { type Interpreter, minorOf } from "../action-runtime/interpreters";
import {
  BuildFailed,
  type BuildLog,
  type BuildTools,
  installerEnvironment,
  putInPlace,
  pythonFor,
  runCommand,
} from "./build-tools";
import { type BuiltDependencies, depsHashOf, type Lock } from "./lock";
import { checkRequirements, readRequirements } from "./requirements";
import { findUv } from "./uv";

const requirementsFile = "requirements.txt";
const ryaxLockFile = "ryax_lock.json";
const installTimeoutMs = 10 * 60_000;

const ryaxLockSchema = z.object({
  python: z.object({
    originalRequirements: z.string(),
    lockedRequirements: z.union([z.string(), z.array(z.string())]),
  }),
});

function parseRyaxLock(text: string) {
  try {
    return ryaxLockSchema.safeParse(JSON.parse(text)).data?.python;
  } catch {
    return undefined;
  }
}

/** A lock of Ryax's counts as long as it was made of the requirements as they are. @throws BuildFailed */
async function ryaxLock(packageDir: string, log: BuildLog): Promise<string[] | undefined> {
  const path = join(packageDir, ryaxLockFile);
  if (!existsSync(path)) return undefined;
  const lock = parseRyaxLock(await readFile(path, "utf8"));
  const current = existsSync(join(packageDir, requirementsFile))
    ? await readFile(join(packageDir, requirementsFile), "utf8")
    : "";
  if (lock?.originalRequirements.trim() !== current.trim()) {
    log(`${ryaxLockFile} does not belong to the requirements as they are, and is not used.`);
    return undefined;
  }
  log(`Installing what ${ryaxLockFile} names.`);
  return checkRequirements(packageDir, ryaxLockFile, [lock.lockedRequirements].flat().join("\n"));
}

function nameOf(requirement: string): string {
  return (/^[A-Za-z0-9._-]+/.exec(requirement)?.[0] ?? "").toLowerCase().replace(/[-_.]+/g, "-");
}

async function requirementsOf(packageDir: string, described: ActionInterface, log: BuildLog): Promise<string[]> {
  const locked = await ryaxLock(packageDir, log);
  if (locked) return locked;
  const listed = existsSync(join(packageDir, requirementsFile))
    ? await readRequirements(packageDir, requirementsFile)
    : [];
  const names = new Set(listed.map(nameOf));
  return [...listed, ...described.extraRequirements.filter((extra) => !names.has(nameOf(extra)))];
}

function uvEnvironment(tools: BuildTools): NodeJS.ProcessEnv {
  return installerEnvironment({
    UV_CACHE_DIR: join(tools.cacheRoot, "uv"),
    UV_NO_PROGRESS: "1",
    UV_PYTHON_DOWNLOADS: "never",
    UV_SYSTEM_CERTS: "1",
  });
}

/** What the installer says of a package that has no wheel does not say what to do. */
function explained(error: unknown): unknown {
  const name = /Wheels are required for `([^`]+)`/.exec(error instanceof BuildFailed ? error.message : "")?.[1];
  if (!name) return error;
  const message = `${requirementsFile}: ${name} is published there only as source, which is not built here: that would run it. Name a release or another package that has wheels for this Python, or put its modules into the package.`;
  return new BuildFailed(message, { cause: error });
}

/**
 * Resolves and installs a Python package's dependencies: wheels only, so that nothing of them runs here.
 * @returns undefined where there are none
 * @throws BuildFailed
 */
export async function buildPython(
  tools: BuildTools,
  packageDir: string,
  described: ActionInterface,
  log: BuildLog,
): Promise<BuiltDependencies | undefined> {
  const requirements = await requirementsOf(packageDir, described, log);
  if (requirements.length === 0) return undefined;
  const python = await pythonFor(described.pythonVersion);
  const uv = await findUv(tools, log);
  const folder = await mkdtemp(join(tmpdir(), "millrace-build-"));
  try {
    await writeFile(join(folder, requirementsFile), `${requirements.join("\n")}\n`);
    log(`Resolving ${requirements.length} requirement(s) for Python ${python.version} …`);
    const args = [
      "pip",
      "compile",
      requirementsFile,
      "--generate-hashes",
      "--only-binary",
      ":all:",
      "--no-header",
      "--no-annotate",
      "--quiet",
    ];
    await runCommand(uv, [...args, "--python", python.path, "-o", "lock.txt"], {
      cwd: folder,
      env: uvEnvironment(tools),
      timeoutMs: installTimeoutMs,
      log,
    }).catch((error) => {
      throw explained(error);
    });
    const lock: Lock = {
      language: "python",
      python: minorOf(python.version),
      requirements: await readFile(join(folder, "lock.txt"), "utf8"),
    };
    const depsHash = depsHashOf(lock, python.version);
    await installPython(tools, lock, depsHash, log, python);
    return { lock, depsHash };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Installs a lock into its folder; does nothing where that is there. */
export async function installPython(
  tools: BuildTools,
  lock: Extract<Lock, { language: "python" }>,
  depsHash: string,
  log: BuildLog,
  interpreter?: Interpreter,
): Promise<void> {
  const target = join(tools.depsRoot, depsHash);
  if (existsSync(target)) return log("The same dependencies are installed already.");
  const python = interpreter ?? (await pythonFor(lock.python));
  const uv = await findUv(tools, log);
  const folder = await mkdtemp(join(tmpdir(), "millrace-install-"));
  const temporary = `${target}.${randomUUID()}`;
  try {
    await mkdir(tools.depsRoot, { recursive: true });
    await writeFile(join(folder, "lock.txt"), lock.requirements);
    // Compiled now: the folder is read-only to handlers, who would compile anew at each start.
    const args = [
      "pip",
      "install",
      "--target",
      temporary,
      "--require-hashes",
      "--no-deps",
      "--only-binary",
      ":all:",
      "--compile-bytecode",
      "--link-mode",
      "copy",
    ];
    await runCommand(uv, [...args, "--python", python.path, "-r", "lock.txt"], {
      cwd: folder,
      env: uvEnvironment(tools),
      timeoutMs: installTimeoutMs,
      log,
    });
    await putInPlace(temporary, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(temporary, { recursive: true, force: true });
  }
}

import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { messageOf } from "@/lib/errors";
import {
  BuildFailed,
  type BuildLog,
  type BuildTools,
  installerEnvironment,
  putInPlace,
  runCommand,
} from "./build-tools";
import { type BuiltDependencies, depsHashOf, type Lock } from "./lock";

/** The docs of Ryax call it `packages.json`. */
const manifestNames = ["package.json", "packages.json"];
const lockFile = "package-lock.json";
const installTimeoutMs = 10 * 60_000;

const manifestSchema = z.looseObject({
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});

const packageLockSchema = z.looseObject({
  packages: z
    .record(z.string(), z.looseObject({ resolved: z.string().optional(), link: z.boolean().optional() }))
    .default({}),
});

/** A version, a range, a tag or an alias of the registry; addresses and folders could reach what they must not. */
const registrySpec = /^(npm:)?[^:/\\]*$|^npm:@[^:/\\]+\/[^:\\]+$/;

async function readManifest(
  packageDir: string,
): Promise<
  { name: string; dependencies: Record<string, string>; optionalDependencies: Record<string, string> } | undefined
> {
  const name = manifestNames.find((candidate) => existsSync(join(packageDir, candidate)));
  if (!name) return undefined;
  let manifest: z.infer<typeof manifestSchema>;
  try {
    manifest = manifestSchema.parse(JSON.parse(await readFile(join(packageDir, name), "utf8")));
  } catch (cause) {
    throw new BuildFailed(`${name} cannot be read: ${messageOf(cause).split("\n")[0]}`, { cause });
  }
  const clean = (specs: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(specs).map(([dependency, spec]) => {
        if (!registrySpec.test(spec.trim()))
          throw new BuildFailed(`${name}: “${dependency}”: “${spec}” must be a version from the registry.`);
        return [dependency, spec.trim() || "*"];
      }),
    );
  return {
    name,
    dependencies: clean(manifest.dependencies),
    optionalDependencies: clean(manifest.optionalDependencies),
  };
}

function checkPackageLock(text: string): void {
  let packages: z.infer<typeof packageLockSchema>["packages"];
  try {
    packages = packageLockSchema.parse(JSON.parse(text)).packages;
  } catch (cause) {
    throw new BuildFailed(`${lockFile} cannot be read: ${messageOf(cause).split("\n")[0]}`, { cause });
  }
  for (const [path, entry] of Object.entries(packages)) {
    if (entry.link || (entry.resolved !== undefined && !entry.resolved.startsWith("https://"))) {
      throw new BuildFailed(
        `${lockFile}: ${path} comes from ${entry.resolved ?? "a folder"}; only the registry is allowed.`,
      );
    }
  }
}

function npmOptions(tools: BuildTools, folder: string, log: BuildLog) {
  const env = installerEnvironment({
    npm_config_cache: join(tools.cacheRoot, "npm"),
    npm_config_ignore_scripts: "true",
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_update_notifier: "false",
    npm_config_loglevel: "error",
  });
  return { cwd: folder, env, timeoutMs: installTimeoutMs, log };
}

/**
 * Resolves and installs a Node package's dependencies; no install script runs.
 * @returns undefined where there are none
 * @throws BuildFailed
 */
export async function buildNode(
  tools: BuildTools,
  packageDir: string,
  log: BuildLog,
): Promise<BuiltDependencies | undefined> {
  const manifest = await readManifest(packageDir);
  const count = manifest && Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }).length;
  if (!manifest || !count) return undefined;
  const { dependencies, optionalDependencies } = manifest;
  const packageJson = JSON.stringify({
    name: "action",
    version: "1.0.0",
    private: true,
    dependencies,
    optionalDependencies,
  });
  const folder = await mkdtemp(join(tmpdir(), "millrace-build-"));
  try {
    await writeFile(join(folder, "package.json"), packageJson);
    const given = join(packageDir, lockFile);
    if (existsSync(given)) {
      const text = await readFile(given, "utf8");
      checkPackageLock(text);
      await writeFile(join(folder, lockFile), text);
    }
    log(`Resolving ${count} package(s) for Node ${process.versions.node} …`);
    await runCommand("npm", ["install", "--package-lock-only", "--omit=dev"], npmOptions(tools, folder, log));
    const lock: Lock = { language: "node", packageJson, packageLock: await readFile(join(folder, lockFile), "utf8") };
    const depsHash = depsHashOf(lock, process.versions.modules);
    await installNode(tools, lock, depsHash, log);
    return { lock, depsHash };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Installs a lock into its folder; does nothing where that is there. */
export async function installNode(
  tools: BuildTools,
  lock: Extract<Lock, { language: "node" }>,
  depsHash: string,
  log: BuildLog,
): Promise<void> {
  const target = join(tools.depsRoot, depsHash);
  if (existsSync(target)) return log("The same dependencies are installed already.");
  const temporary = `${target}.${randomUUID()}`;
  try {
    await mkdir(temporary, { recursive: true, mode: 0o755 });
    await writeFile(join(temporary, "package.json"), lock.packageJson);
    await writeFile(join(temporary, lockFile), lock.packageLock);
    await runCommand("npm", ["ci", "--omit=dev"], npmOptions(tools, temporary, log));
    // Everything may have been optional: the folder is mounted all the same.
    await mkdir(join(temporary, "node_modules"), { recursive: true });
    await putInPlace(temporary, target);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

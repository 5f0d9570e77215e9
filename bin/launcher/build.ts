import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { StartFailed } from "./settings";

const webSources = [
  "app",
  "components",
  "lib",
  "drizzle",
  "public",
  "next.config.mjs",
  "postcss.config.mjs",
  "proxy.ts",
  "package-lock.json",
  "tsconfig.json",
];
const workflowSources = [
  "workers/workflows",
  "workers/activities",
  "lib/runs",
  "lib/temporal",
  "lib/workflows/definition",
  "package-lock.json",
];

function* filesOf(path: string): Generator<string> {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) yield* filesOf(join(path, name));
}

function digestOf(root: string, sources: string[]): string {
  const hash = createHash("sha256").update(process.versions.node);
  for (const source of sources) {
    for (const file of filesOf(join(root, source))) {
      if (!/\.test\.tsx?$/.test(file)) hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
    }
  }
  return hash.digest("hex");
}

async function unlessUnchanged(
  root: string,
  sources: string[],
  stamp: string,
  build: () => Promise<void>,
): Promise<boolean> {
  const digest = digestOf(root, sources);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return false;
  await build();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
  return true;
}

function run(root: string, args: string[]): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data) => {
      output = (output + data).slice(-6_000);
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => {
      if (status === 0) resolve();
      else
        reject(
          new StartFailed(`Building failed:\n${output}`, "Fix what it says, or take back the change that caused it."),
        );
    });
  });
}

/** Builds the web application where its sources have changed. @returns whether it had to */
export function buildWeb(root: string): Promise<boolean> {
  return unlessUnchanged(root, webSources, join(root, ".next", "millrace-sources"), () =>
    run(root, ["node_modules/next/dist/bin/next", "build"]),
  );
}

/** Bundles the workflows' code where it has changed. @returns its file */
export async function buildWorkflows(root: string): Promise<string> {
  const target = join(root, "dist", "workflows.js");
  const script = `const { bundleWorkflows } = await import(${JSON.stringify(join(root, "dist", "bundle.mjs"))}); await bundleWorkflows(${JSON.stringify(root)}, ${JSON.stringify(target)});`;
  await unlessUnchanged(root, workflowSources, join(root, "dist", "workflows.sources"), () =>
    run(root, ["--input-type=module", "-e", script]),
  );
  return target;
}

// Compiles what runs outside of Next.js into dist/. Takes a fraction of a second, so it is done at every start.
import { join } from "node:path";
import { projectRoot } from "./install.mjs";

const entries = {
  launcher: "bin/launcher/main.ts",
  web: "bin/web/server.ts",
  cli: "bin/cli/main.ts",
  limits: "bin/operator/limits.ts",
  worker: "workers/main.ts",
  runnerd: "workers/action-runtime/runnerd.ts",
  bundle: "workers/bundle.ts",
};

/**
 * What esbuild is told to do.
 * @param {(keyof typeof entries)[]} [only]
 * @returns {import("esbuild").BuildOptions}
 */
export function buildOptions(only) {
  const wanted = Object.entries(entries).filter(
    ([name]) => !only || only.includes(/** @type {keyof typeof entries} */ (name)),
  );
  return {
    absWorkingDir: projectRoot,
    entryPoints: Object.fromEntries(wanted.map(([name, path]) => [name, join(projectRoot, path)])),
    outdir: join(projectRoot, "dist"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: false,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: "linked",
    alias: { "@": projectRoot },
    logLevel: "warning",
  };
}

/** @param {(keyof typeof entries)[]} [only] */
export async function compile(only) {
  const { build } = await import("esbuild");
  await build(buildOptions(only));
}

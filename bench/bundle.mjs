import { join } from "node:path";
import { build } from "esbuild";
import { projectRoot } from "../bin/install.mjs";

/** Compiles programs of `bench/` to `dist/bench/`. @param {string[]} entryPoints */
export async function bundle(entryPoints) {
  await build({
    entryPoints,
    outdir: join(projectRoot, "dist", "bench"),
    outbase: "bench",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    alias: { "@": projectRoot },
    logLevel: "warning",
  });
}

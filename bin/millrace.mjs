#!/usr/bin/env node
import { existsSync } from "node:fs";
import { join } from "node:path";
import { assertNodeVersion, projectRoot } from "./install.mjs";

assertNodeVersion();
if (!existsSync(join(projectRoot, "dist", "cli.mjs"))) {
  if (!existsSync(join(projectRoot, "node_modules", "esbuild"))) {
    console.error("The command line is not installed yet. Run `npm start` or `npm ci` in the checkout first.");
    process.exit(3);
  }
  const { compile } = await import("./compile.mjs");
  await compile(["cli"]);
}
await import("../dist/cli.mjs");

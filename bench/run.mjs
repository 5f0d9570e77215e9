// `npm run bench`: installs what is missing, compiles, and compares Millrace with bare Temporal on this machine.
import { join } from "node:path";
import { assertNodeVersion, installDependencies, projectRoot } from "../bin/install.mjs";

assertNodeVersion();
process.chdir(projectRoot);
installDependencies();
const { compile } = await import("../bin/compile.mjs");
await compile();
const { build } = await import("esbuild");
await build({
  entryPoints: ["bench/main.ts", "bench/bare/web.ts", "bench/bare/worker.ts"],
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
await import("../dist/bench/main.mjs");

// `npm run bench`: installs what is missing, compiles, and compares Millrace with bare Temporal on this machine.
import { assertNodeVersion, installDependencies, projectRoot } from "../bin/install.mjs";

assertNodeVersion();
process.chdir(projectRoot);
installDependencies();
const { compile } = await import("../bin/compile.mjs");
await compile();
const { bundle } = await import("./bundle.mjs");
await bundle(["bench/main.ts", "bench/bare/web.ts", "bench/bare/worker.ts"]);
await import("../dist/bench/main.mjs");

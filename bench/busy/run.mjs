// `npm run seed:busy [-- RUNS]`: fills a project of the instance that runs here with what a busy team has.
import { assertNodeVersion, projectRoot } from "../../bin/install.mjs";
import { bundle } from "../bundle.mjs";
import { findRunningInstance } from "../running.mjs";

assertNodeVersion();
process.chdir(projectRoot);
findRunningInstance();
await bundle(["bench/busy/main.ts"]);
await import("../../dist/bench/busy/main.mjs");

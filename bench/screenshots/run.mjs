// `npm run screenshots`: takes README's pictures anew, of the instance that runs here.
import { assertNodeVersion, projectRoot } from "../../bin/install.mjs";
import { bundle } from "../bundle.mjs";
import { findRunningInstance } from "../running.mjs";

assertNodeVersion();
process.chdir(projectRoot);
findRunningInstance();
await bundle(["bench/screenshots/main.ts"]);
await import("../../dist/bench/screenshots/main.mjs");

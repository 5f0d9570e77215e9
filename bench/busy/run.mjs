// `npm run seed:busy [-- RUNS]`: fills a project of the instance that runs here with what a busy team has.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { assertNodeVersion, projectRoot } from "../../bin/install.mjs";
import { bundle } from "../bundle.mjs";

assertNodeVersion();
process.chdir(projectRoot);
process.env.MILLRACE_TEST_HOME ??= resolve(process.env.MILLRACE_HOME ?? ".millrace");
if (!existsSync(join(process.env.MILLRACE_TEST_HOME, "run", "instance.json"))) {
  console.error(`Nothing runs in ${process.env.MILLRACE_TEST_HOME}. Start it with \`npm start\` first.`);
  process.exit(3);
}
await bundle(["bench/busy/main.ts"]);
await import("../../dist/bench/busy/main.mjs");

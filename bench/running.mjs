import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** For programs that work on the instance that runs here: finds it, or ends with what to do. */
export function findRunningInstance() {
  process.env.MILLRACE_TEST_HOME ??= resolve(process.env.MILLRACE_HOME ?? ".millrace");
  if (existsSync(join(process.env.MILLRACE_TEST_HOME, "run", "instance.json"))) return;
  console.error(`Nothing runs in ${process.env.MILLRACE_TEST_HOME}. Start it with \`npm start\` first.`);
  process.exit(3);
}

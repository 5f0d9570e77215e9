import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Instance, instanceFile } from "@/bin/launcher/instance-file";

/** The state folder of the instance that tests talk to; the test runner starts one and names it. */
export function testHome(): string {
  const home = process.env.MILLRACE_TEST_HOME;
  if (!home) throw new Error("MILLRACE_TEST_HOME names no state folder: run the tests with `npm test`, or start one.");
  return resolve(home);
}

/** Read anew at each call: process ids change when something is killed and started again. */
export function instance(home = testHome()): Instance {
  return JSON.parse(readFileSync(instanceFile(home), "utf8")) as Instance;
}

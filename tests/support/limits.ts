import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { type LimitChanges, updateLimitsContract } from "@/lib/limits/contract";
import { testHome } from "./instance";
import type { TestProject } from "./project";

const program = resolve(import.meta.dirname, "../../bin/limits.mjs");

/** Has the project's admin hold it to less; null is what the instance gives. */
export const holdTo = (project: TestProject, limits: LimitChanges) =>
  project.api(updateLimitsContract, { body: limits });

/** Runs the operator's command on the machine of the instance. @returns what it printed; rejects where it failed */
export async function asOperator(...args: string[]): Promise<string> {
  const env = { ...process.env, MILLRACE_HOME: testHome() };
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], { env });
  return stdout;
}

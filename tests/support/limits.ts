import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { updateLimitsContract } from "@/lib/limits/contract";
import type { SomeLimits } from "@/lib/limits/names";
import { testHome } from "./instance";
import type { TestProject } from "./project";

const program = resolve(import.meta.dirname, "../../bin/limits.mjs");

/** Has the project's admin hold it to less. */
export const holdTo = (project: TestProject, limits: SomeLimits) => project.api(updateLimitsContract, { body: limits });

/** Runs the operator's command on the machine of the instance. @returns what it printed; rejects where it failed */
export async function asOperator(...args: string[]): Promise<string> {
  const env = { ...process.env, MILLRACE_HOME: testHome() };
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], { env });
  return stdout;
}

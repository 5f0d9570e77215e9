import type { ActionInterface } from "@/lib/actions";
import type { BuildLog, BuildTools } from "./build-tools";
import { checkSyntax } from "./check-syntax";
import type { BuiltDependencies } from "./lock";
import { buildNode } from "./node";
import { buildPython } from "./python";

/**
 * Checks that a package's handler parses, and resolves and installs what it needs.
 * @returns undefined where it needs nothing
 * @throws BuildFailed
 */
export async function buildPackage(
  tools: BuildTools,
  packageDir: string,
  described: ActionInterface,
  log: BuildLog,
): Promise<BuiltDependencies | undefined> {
  await checkSyntax(packageDir, described);
  if (described.language === "python") return buildPython(tools, packageDir, described, log);
  return buildNode(tools, packageDir, log);
}

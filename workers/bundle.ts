import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { bundleWorkflowCode } from "@temporalio/worker";

/** Bundles the workflows' code once, for development, production and tests alike. */
export async function bundleWorkflows(projectRoot: string, target: string): Promise<void> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(projectRoot, "workers/workflows/index.ts"),
    webpackConfigHook: (config) => ({
      ...config,
      resolve: { ...config.resolve, alias: { ...config.resolve?.alias, "@": resolve(projectRoot) } },
    }),
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error },
  });
  await writeFile(target, code);
}

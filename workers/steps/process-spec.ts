import type { ProcessSpec } from "../action-runtime/protocol";
import { limitsOf } from "../action-runtime/resource-limits";
import type { DependencyStore } from "../builds/dependency-store";
import type { Grants } from "./grants";
import type { RunnableAction } from "./packages";

/** What the process of an action is made for in this project, with what is granted to it now. */
export async function processSpecOf(
  { dependencies, grants }: { dependencies: DependencyStore; grants: Grants },
  projectId: string,
  action: RunnableAction,
): Promise<ProcessSpec> {
  const { language, pythonVersion, entry, inputs, outputs, resources, folders, isolation } = action.interface;
  return {
    projectId,
    actionId: action.interface.id,
    sandboxNumber: action.sandboxNumber,
    language: language === "node" ? "node" : "python",
    packageDir: action.packageDir,
    depsDir: await dependencies.folderOf(action),
    interpreter: action.python ?? pythonVersion,
    entry,
    inputs: inputs.map(({ name, type }) => ({ name, type })),
    outputs: outputs.map(({ name, type }) => ({ name, type })),
    network: await grants.find(projectId, action.interface.id),
    usesFolders: folders,
    limits: limitsOf(resources),
    isolation,
  };
}

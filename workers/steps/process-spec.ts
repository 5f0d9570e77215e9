import { limitsOf } from "@/lib/limits";
import { processSpec } from "../action-runtime/process-spec";
import type { ProcessSpec } from "../action-runtime/protocol";
import type { DependencyStore } from "../builds/dependency-store";
import type { Grants } from "./grants";
import type { RunnableAction } from "./packages";

/** What the process of an action is made for in this project, with what is granted to it now. */
export async function processSpecOf(
  { dependencies, grants }: { dependencies: DependencyStore; grants: Grants },
  projectId: string,
  action: RunnableAction,
): Promise<ProcessSpec> {
  const depsDir = await dependencies.folderOf(action);
  const network = await grants.find(projectId, action.interface.id);
  const caps = await limitsOf(projectId);
  return processSpec({ ...action, projectId, depsDir, network, caps });
}

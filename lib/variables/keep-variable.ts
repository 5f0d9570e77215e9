import { recordAudit } from "@/lib/audit";
import type { ProjectContext } from "@/lib/auth";
import { inProject } from "@/lib/db";
import type { IoType, StoredValue } from "@/lib/values";
import type { VariableResource } from "./contract";
import { presentVariable } from "./present";
import { upsertVariable } from "./store";

export interface KeptVariable {
  name: string;
  type: IoType;
  secret: boolean;
  value: StoredValue;
  /** Where it is not given, that which there is stays. */
  description?: string | undefined;
}

/** Writes a variable, new or changed, and that somebody did so. */
export function keepVariable({ project, actor }: ProjectContext, kept: KeptVariable): Promise<VariableResource> {
  return inProject(project.id, async (tx) => {
    const { description, ...variable } = kept;
    const row = await upsertVariable(tx, {
      projectId: project.id,
      ...variable,
      ...(description !== undefined && { description }),
    });
    await recordAudit(tx, project.id, actor, "variable.set", kept.name);
    return presentVariable(row);
  });
}

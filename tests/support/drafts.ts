import { showWorkflowContract, updateWorkflowContract } from "@/lib/workflows/contract";
import type { Definition } from "@/lib/workflows/definition/schema";
import type { TestProject } from "./project";

/** Changes a workflow's draft; what is live stays as it is. */
export async function updateDraft(project: TestProject, id: string, change: (definition: Definition) => Definition) {
  const params = { project: project.id, workflow: id };
  const { definition } = await project.api(showWorkflowContract, { params });
  return project.api(updateWorkflowContract, { params, body: { definition: change(definition) } });
}

export function withoutResults(definition: Definition): Definition {
  return { ...definition, results: { kind: "json", entries: [] } };
}

import { inProject } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { StartableVersion } from "@/lib/runs";
import { findVersion, findWorkflow } from "@/lib/workflows";
import type { FormContract } from "@/lib/workflows/definition/plan";

export interface LiveForm extends StartableVersion {
  form: FormContract;
  /** The workflow's own, where the form has none. */
  title: string;
  introduction: string;
}

/** What a form's page is made of. */
export interface FormResource {
  title: string;
  introduction: string;
  submitLabel: string;
  inputs: Omit<FormContract["inputs"][number], "origin">[];
}

const idPattern = /^[a-z][a-z0-9_]{1,39}$/;

/** A workflow's form as long as it is live. @throws AppError `not_found` */
export async function findLiveForm(projectId: string, workflowId: string): Promise<LiveForm> {
  if (!idPattern.test(projectId) || !idPattern.test(workflowId)) throw notFound("The form");
  const found = await inProject(projectId, async (tx) => {
    const workflow = await findWorkflow(tx, projectId, workflowId);
    const version = workflow?.liveVersionId ? await findVersion(tx, projectId, workflow.liveVersionId) : undefined;
    return workflow && version?.plan.form ? { workflow, version, form: version.plan.form } : undefined;
  });
  if (!found) throw new AppError("not_found", "There is no such form, or it is not open just now.");
  const { workflow, version, form } = found;
  return {
    projectId,
    workflowId,
    versionId: version.id,
    plan: version.plan,
    form,
    title: form.title || workflow.name,
    introduction: form.introduction || workflow.description,
  };
}

export function presentForm({ title, introduction, form }: LiveForm): FormResource {
  const inputs = form.inputs.map(({ origin: _always, ...input }) => input);
  return { title, introduction, submitLabel: form.submitLabel, inputs };
}

import type { ProjectContext } from "@/lib/auth";
import type { Transaction } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { assertRevision } from "./assert-revision";
import { problemCodes } from "./definition/problems";
import { isSameVersion, planDraft, usedBy } from "./publish";
import { findNewestTest, insertVersion, lockWorkflow, type VersionRow } from "./store";

/**
 * The draft as a version to be tried out: it has no number and never goes live, so that a path that another workflow
 * answers is no obstacle. A draft that has not changed since is tried out again as it is.
 * @throws AppError `invalid_definition` with every problem, `conflict` when the draft is no longer the one that is meant
 */
export async function publishTest(
  tx: Transaction,
  ctx: ProjectContext,
  input: { workflowId: string; revision?: number | undefined },
): Promise<VersionRow> {
  const workflow = await lockWorkflow(tx, ctx.project.id, input.workflowId);
  if (!workflow) throw notFound("The workflow");
  assertRevision(workflow, input.revision);
  const { plan, library } = await planDraft(tx, ctx, workflow, [problemCodes.endpointClash]);
  const known = await findNewestTest(tx, ctx.project.id, workflow.id);
  if (known && isSameVersion(known, workflow, library)) return known;
  const { definition } = workflow;
  return insertVersion(
    tx,
    {
      id: newId("workflowVersion"),
      projectId: ctx.project.id,
      workflowId: workflow.id,
      number: null,
      definition,
      plan,
    },
    usedBy(plan),
  );
}

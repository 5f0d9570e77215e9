import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { contractOf, publishedContract } from "./definition/caller-contract";
import { compareDefinitions } from "./definition/compare";
import { compareContracts } from "./definition/compare-contracts";
import { isValid } from "./definition/problems";
import { emptyDefinition } from "./definition/schema";
import type { DeploymentPreview } from "./deployment-preview";
import { judge } from "./judge";
import { findVersion, findWorkflow } from "./store";

/** What would change for the workflow and its callers if the draft went live. */
export const previewDeployment = projectUseCase(
  "workflows.view",
  async (ctx, input: { workflowId: string }): Promise<DeploymentPreview> =>
    inProject(ctx.project.id, async (tx) => {
      const row = await findWorkflow(tx, ctx.project.id, input.workflowId);
      if (!row) throw notFound("The workflow");
      const live = row.liveVersionId ? await findVersion(tx, ctx.project.id, row.liveVersionId) : undefined;
      const { problems, library } = await judge(tx, ctx.project.id, row.definition, row.id);
      const { steps, results } = compareDefinitions(live?.definition ?? emptyDefinition, row.definition);
      return {
        revision: row.revision,
        live: live?.number ?? null,
        valid: isValid(problems),
        steps,
        results,
        contract: compareContracts(live ? publishedContract(live.plan) : null, contractOf(row.definition, library)),
      };
    }),
);

import type { Transaction } from "@/lib/db";
import { liveVersion } from "./choose-version";
import { contractOf, publishedContract } from "./definition/caller-contract";
import { compareDefinitions } from "./definition/compare";
import { compareContracts } from "./definition/compare-contracts";
import { emptyDefinition } from "./definition/schema";
import type { DeploymentPreview } from "./deployment-preview";
import { judge } from "./judge";
import type { VersionRow, WorkflowRow } from "./store";
import { versionProblems } from "./version-problems";

/** What would go live, and what keeps it from doing so. */
async function wanted(tx: Transaction, { projectId, id, definition }: WorkflowRow, version: VersionRow | null) {
  if (version) {
    const problems = await versionProblems(tx, version);
    return { definition: version.definition, contract: publishedContract(version.plan), problems };
  }
  const { problems, library } = await judge(tx, projectId, definition, id);
  const errors = problems.filter((problem) => problem.severity !== "warning");
  return { definition, contract: contractOf(definition, library), problems: errors };
}

/** What is another for the workflow and its callers once a version, or the draft, has taken the live one's place. */
export async function whatChanges(
  tx: Transaction,
  workflow: WorkflowRow,
  version: VersionRow | null,
): Promise<DeploymentPreview> {
  const live = await liveVersion(tx, workflow);
  const { definition, contract, problems } = await wanted(tx, workflow, version);
  const { steps, results } = compareDefinitions(live?.definition ?? emptyDefinition, definition);
  return {
    revision: workflow.revision,
    version: version?.number ?? null,
    live: live?.number ?? null,
    valid: problems.length === 0,
    problems,
    steps,
    results,
    contract: compareContracts(live ? publishedContract(live.plan) : null, contract),
  };
}

import { env } from "@/lib/env";
import type { Issue } from "@/lib/errors";
import { projectUrl } from "@/lib/projects";
import { triggerKindOf } from "@/lib/triggers/kinds";
import type { LiveVersion, WorkflowDetail, WorkflowResource } from "./contract";
import { originalTrigger } from "./definition/original-trigger";
import { hidePasswords } from "./secrets";
import type { EndpointRow, VersionRow, VersionSummary, WorkflowRow } from "./store";

function stateOf(row: WorkflowRow): WorkflowResource["state"] {
  if (row.liveVersionId) return "live";
  return row.lastVersionNumber > 0 ? "stopped" : "draft";
}

export interface WorkflowFacts {
  endpoint: EndpointRow | undefined;
  /** Number of the live version. */
  liveNumber: number | undefined;
  valid: boolean;
}

export function presentWorkflow(row: WorkflowRow, { endpoint, liveNumber, valid }: WorkflowFacts): WorkflowResource {
  const trigger = originalTrigger(row.definition);
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    tags: row.tags,
    state: stateOf(row),
    version: liveNumber ?? (row.lastVersionNumber > 0 ? row.lastVersionNumber : null),
    trigger: trigger ? triggerKindOf(trigger.action.id) : null,
    endpoint: endpoint
      ? { method: endpoint.method, path: endpoint.path, url: projectUrl(row.projectId) + endpoint.path }
      : null,
    valid,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function presentLive({ projectId, workflowId, number, plan }: VersionRow): LiveVersion | null {
  if (number === null) return null;
  const { trigger, endpoint } = plan;
  return {
    number,
    inputs: endpoint ? endpoint.inputs : trigger.outputs.map((output) => ({ ...output, origin: null })),
    endpoint: endpoint && {
      method: endpoint.method,
      path: endpoint.path,
      summary: endpoint.summary,
      successStatus: endpoint.successStatus,
      replyTimeoutSeconds: endpoint.replyTimeoutSeconds,
      results: endpoint.results,
    },
    formUrl: plan.form ? new URL(`/forms/${projectId}/${workflowId}`, env().MILLRACE_PUBLIC_URL).toString() : null,
  };
}

export function presentWorkflowDetail(
  row: WorkflowRow,
  facts: WorkflowFacts & { problems: Issue[]; versions: VersionSummary[]; live: VersionRow | undefined },
): WorkflowDetail {
  return {
    ...presentWorkflow(row, facts),
    definition: hidePasswords(row.definition),
    revision: row.revision,
    problems: facts.problems,
    live: facts.live ? presentLive(facts.live) : null,
    versions: facts.versions.map((version) => ({
      number: version.number,
      createdAt: version.createdAt.toISOString(),
      live: version.id === row.liveVersionId,
    })),
  };
}

"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useProjectId } from "@/components/projects/use-project";
import { projectKey } from "@/components/query/keys";
import { QueryError } from "@/components/query/query-error";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { SkeletonRows } from "@/components/ui/skeleton";
import { callApi } from "@/lib/http/client";
import type { WorkflowResource } from "@/lib/workflows/contract";
import type { DeploymentPreview } from "@/lib/workflows/deployment-preview";
import { previewDeploymentOperation, previewRollbackOperation } from "@/lib/workflows/operations";
import { ContractChanges, StepChanges } from "./change-list";
import { useWorkflowVerbs } from "./use-workflow-verbs";

/** What is to go live: the draft, the version before the live one, or the one of a number. */
type Wanted = "draft" | "earlier" | number;

interface DeployProps {
  workflow: WorkflowResource;
  wanted?: Wanted;
  /** What has to be saved before the draft is looked at. @throws Error where it could not be */
  beforeReading?: () => Promise<void>;
  onClose: () => void;
}

function titleOf({ name, state, version }: WorkflowResource, wanted: Wanted): string {
  const isLive = state === "live" && version !== null;
  if (wanted === "draft") return isLive ? `Deploy ${name} over v${version}` : `Deploy ${name}`;
  if (wanted === "earlier") return isLive ? `Roll ${name} back from v${version}` : `Deploy the last version of ${name}`;
  return isLive ? `Make v${wanted} of ${name} live over v${version}` : `Make v${wanted} of ${name} live`;
}

/** Makes the draft or an earlier version live, once it has been seen what that changes. */
export function DeployDialog({ isOpen, ...rest }: DeployProps & { isOpen: boolean }) {
  const { workflow, wanted = "draft", onClose } = rest;
  return (
    <Dialog isOpen={isOpen} onClose={onClose} size="md" title={titleOf(workflow, wanted)}>
      <Preview {...rest} wanted={wanted} />
    </Dialog>
  );
}

function readPreview(project: string, workflow: string, wanted: Wanted, signal: AbortSignal) {
  const params = { project, workflow };
  if (wanted === "earlier") return callApi(previewRollbackOperation, { params }, { signal });
  const query = { version: wanted === "draft" ? undefined : wanted };
  return callApi(previewDeploymentOperation, { params, query }, { signal });
}

function Preview({ workflow, wanted, beforeReading, onClose }: DeployProps & { wanted: Wanted }) {
  const projectId = useProjectId();
  const { data, error, refetch } = useQuery({
    queryKey: projectKey(projectId, "workflows", "deployment", workflow.id, wanted),
    queryFn: async ({ signal }) => {
      await beforeReading?.();
      return readPreview(projectId, workflow.id, wanted, signal);
    },
    staleTime: 0,
    gcTime: 0,
  });
  if (data) return <Changes workflow={workflow} preview={data} onClose={onClose} />;
  if (error) return <QueryError title="What changes could not be read" error={error} onRetry={() => void refetch()} />;
  return <SkeletonRows label="Reading what changes" />;
}

function Changes({
  workflow,
  preview,
  onClose,
}: Pick<DeployProps, "workflow" | "onClose"> & { preview: DeploymentPreview }) {
  const { deploy } = useWorkflowVerbs();
  const { revision, version, steps, results, contract, live, valid } = preview;
  const isSame = live !== null && steps.length === 0 && !results && contract.length === 0;
  // An earlier version that does the same can be wanted all the same: it is another number.
  const isNothing = version === null ? isSame : version === live;
  const breaks = contract.some((change) => change.isBreaking);
  const verb = version === null ? "Deploy" : `Make v${version} live`;
  const meant = version === null ? { revision } : { version };
  return (
    <div className="flex flex-col gap-5">
      {isSame ? (
        <p className="text-ink-soft text-sm">{sameness(preview)}</p>
      ) : (
        <>
          <Part title="For callers">
            <ContractChanges changes={contract} />
          </Part>
          <Part title={live === null ? "Steps" : `Steps, compared with v${live}`}>
            <StepChanges steps={steps} results={results} />
          </Part>
        </>
      )}
      <Obstacles preview={preview} />
      <DialogActions>
        <Button
          look={breaks ? "danger" : "primary"}
          disabled={!valid || isNothing}
          isBusy={deploy.isPending}
          onClick={() => deploy.mutate({ workflow, ...meant }, { onSuccess: onClose })}
        >
          {breaks ? `${verb} and break calls` : version === null ? "Deploy now" : verb}
        </Button>
        <Button onClick={onClose}>Not now</Button>
      </DialogActions>
    </div>
  );
}

function sameness({ version, live }: DeploymentPreview): string {
  if (version === null) return `Nothing has changed since v${live}, which is live.`;
  return version === live ? `v${version} is live already.` : `v${version} does the same as v${live}, which is live.`;
}

/** A draft's errors have their place in the studio; a version is as it is. */
function Obstacles({ preview: { valid, version, problems } }: { preview: DeploymentPreview }) {
  if (valid) return null;
  return (
    <p role="alert" className="text-danger text-sm">
      {version === null
        ? "The draft has errors, so it cannot be deployed. They are listed in the studio, above the canvas."
        : `v${version} cannot go live: ${problems.map((problem) => problem.message).join(" ")}`}
    </p>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-medium text-sm">{title}</h3>
      {children}
    </section>
  );
}

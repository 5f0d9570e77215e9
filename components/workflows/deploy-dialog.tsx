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
import { previewDeploymentOperation } from "@/lib/workflows/operations";
import { ContractChanges, StepChanges } from "./change-list";
import { useWorkflowVerbs } from "./use-workflow-verbs";

interface DeployProps {
  workflow: WorkflowResource;
  /** What has to be saved before the draft is looked at. @throws Error where it could not be */
  beforeReading?: () => Promise<void>;
  onClose: () => void;
}

/** Makes the draft live, once it has been seen what that changes. */
export function DeployDialog({ isOpen, ...rest }: DeployProps & { isOpen: boolean }) {
  const { workflow, onClose } = rest;
  const isOver = workflow.state === "live" && workflow.version !== null;
  const title = isOver ? `Deploy ${workflow.name} over v${workflow.version}` : `Deploy ${workflow.name}`;
  return (
    <Dialog isOpen={isOpen} onClose={onClose} size="md" title={title}>
      <Preview {...rest} />
    </Dialog>
  );
}

function Preview({ workflow, beforeReading, onClose }: DeployProps) {
  const projectId = useProjectId();
  const { data, error, refetch } = useQuery({
    queryKey: projectKey(projectId, "workflows", "deployment", workflow.id),
    queryFn: async ({ signal }) => {
      await beforeReading?.();
      return callApi(previewDeploymentOperation, { params: { project: projectId, workflow: workflow.id } }, { signal });
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
  const { revision, steps, results, contract, live, valid } = preview;
  const isNothing = live !== null && steps.length === 0 && !results && contract.length === 0;
  const breaks = contract.some((change) => change.isBreaking);
  return (
    <div className="flex flex-col gap-5">
      {isNothing ? (
        <p className="text-ink-soft text-sm">Nothing has changed since v{live}, which is live.</p>
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
      {!valid && (
        <p role="alert" className="text-danger text-sm">
          The draft has errors, so it cannot be deployed. They are listed in the studio, above the canvas.
        </p>
      )}
      <DialogActions>
        <Button
          look={breaks ? "danger" : "primary"}
          disabled={!valid || isNothing}
          isBusy={deploy.isPending}
          onClick={() => deploy.mutate({ workflow, revision }, { onSuccess: onClose })}
        >
          {breaks ? "Deploy and break calls" : "Deploy now"}
        </Button>
        <Button onClick={onClose}>Not now</Button>
      </DialogActions>
    </div>
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

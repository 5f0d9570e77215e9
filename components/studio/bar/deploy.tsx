import { useQuery } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import { type ReactNode, useState } from "react";
import { projectKey } from "@/components/query/keys";
import { QueryError } from "@/components/query/query-error";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useWorkflowVerbs } from "@/components/workflows/use-workflow-verbs";
import { callApi } from "@/lib/http/client";
import type { DeploymentPreview } from "@/lib/workflows/deployment-preview";
import { previewDeploymentOperation } from "@/lib/workflows/operations";
import type { Autosave } from "../saving/autosave";
import { useStudio } from "../use-studio";
import { ContractChanges, StepChanges } from "./change-list";

/** Makes the draft live, once it has been seen what that changes. */
export function Deploy({ autosave, isDisabled }: { autosave: Autosave; isDisabled: boolean }) {
  const { workflow } = useStudio();
  const [isAsking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const title = workflow.live ? `Deploy over v${workflow.live.number}` : `Deploy ${workflow.name}`;
  return (
    <>
      <Button look="primary" icon={<Rocket size={14} />} disabled={isDisabled} onClick={() => setAsking(true)}>
        Deploy
      </Button>
      <Dialog isOpen={isAsking} onClose={close} size="md" title={title}>
        <Preview autosave={autosave} onDone={close} />
      </Dialog>
    </>
  );
}

function Preview({ autosave, onDone }: { autosave: Autosave; onDone: () => void }) {
  const { projectId, workflow } = useStudio();
  const { data, error, refetch } = useQuery({
    queryKey: projectKey(projectId, "workflows", "deployment", workflow.id),
    queryFn: async ({ signal }) => {
      if ((await autosave.settle()) === null) throw new Error("Your edits are not saved yet.");
      return callApi(previewDeploymentOperation, { params: { project: projectId, workflow: workflow.id } }, { signal });
    },
    staleTime: 0,
    gcTime: 0,
  });
  if (data) return <Changes preview={data} onDone={onDone} />;
  if (error) return <QueryError title="What changes could not be read" error={error} onRetry={() => void refetch()} />;
  return <SkeletonRows label="Reading what changes" />;
}

function Changes({ preview, onDone }: { preview: DeploymentPreview; onDone: () => void }) {
  const { workflow } = useStudio();
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
          The draft has errors, so it cannot be deployed. They are listed above the canvas.
        </p>
      )}
      <DialogActions>
        <Button
          look={breaks ? "danger" : "primary"}
          disabled={!valid}
          isBusy={deploy.isPending}
          onClick={() => deploy.mutate({ workflow, revision }, { onSuccess: onDone })}
        >
          {breaks ? "Deploy and break calls" : "Deploy now"}
        </Button>
        <Button onClick={onDone}>Not now</Button>
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

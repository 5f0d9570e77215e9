import { useMutation, useQueryClient } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { showToast } from "@/components/ui/toast-store";
import { workflowQuery } from "@/components/workflows/queries";
import { callApi } from "@/lib/http/client";
import { cloneWorkflowOperation, updateWorkflowOperation } from "@/lib/workflows/operations";
import type { Autosave } from "../saving/autosave";
import { useStudio } from "../use-studio";
import { ConflictReview } from "./conflict-review";

/** Two have edited one draft: what becomes of the second's edits is theirs to say. */
export function ConflictNotice({ autosave }: { autosave: Autosave }) {
  const status = useSyncExternalStore(autosave.subscribe, autosave.status, autosave.status);
  if (status.kind !== "conflict") return null;
  return <Choice autosave={autosave} />;
}

function Choice({ autosave }: { autosave: Autosave }) {
  const { projectId, workflow, editor } = useStudio();
  const client = useQueryClient();
  const theirs = () => client.fetchQuery({ ...workflowQuery(projectId, workflow.id), staleTime: 0 });
  const onError = (error: Error) =>
    showToast({ tone: "error", title: "That did not work", detail: `${error.message} Your edits are still here.` });
  const takeTheirs = useMutation({ mutationFn: async () => autosave.yieldTo(await theirs()), onError });
  const keepMine = useMutation({
    mutationFn: async () => autosave.overrule(await theirs(), editor.definition),
    onError,
  });
  const copyMine = useMutation({
    mutationFn: async () => {
      const name = `${workflow.name.slice(0, 110)} (my edits)`;
      // A clone has the passwords, which the browser does not.
      const clone = await callApi(cloneWorkflowOperation, {
        params: { project: projectId, workflow: workflow.id },
        body: { name },
      });
      const copy = await callApi(updateWorkflowOperation, {
        params: { project: projectId, workflow: clone.id },
        body: { definition: editor.definition },
      });
      autosave.yieldTo(await theirs());
      return copy;
    },
    onSuccess: (copy) =>
      showToast({
        tone: "success",
        title: `Your edits are in “${copy.name}”`,
        action: { label: "Open it", run: () => window.location.assign(`/${projectId}/workflows/${copy.id}/studio`) },
      }),
    onError,
  });
  const [isReviewing, setReviewing] = useState(false);
  const isBusy = takeTheirs.isPending || keepMine.isPending || copyMine.isPending;
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-warning-line border-b bg-warning-soft px-4 py-2.5 text-sm"
    >
      <TriangleAlert size={16} className="shrink-0 text-warning" aria-hidden="true" />
      <p className="min-w-60 flex-1">
        <strong className="font-semibold">Somebody else has changed this workflow.</strong> Your edits are not saved;
        nothing has been overwritten.
      </p>
      <span className="flex flex-wrap gap-2">
        <Button size="sm" look="primary" disabled={isBusy} onClick={() => setReviewing(true)}>
          Review and combine
        </Button>
        <Button size="sm" disabled={isBusy} onClick={() => copyMine.mutate()}>
          Keep mine as a copy
        </Button>
        <Button size="sm" disabled={isBusy} onClick={() => keepMine.mutate()}>
          Replace theirs with mine
        </Button>
        <Button size="sm" disabled={isBusy} onClick={() => takeTheirs.mutate()}>
          Take theirs
        </Button>
      </span>
      <Dialog isOpen={isReviewing} onClose={() => setReviewing(false)} size="lg" title="Two have edited this workflow">
        <ConflictReview autosave={autosave} onDone={() => setReviewing(false)} />
      </Dialog>
    </div>
  );
}

"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import type { WorkflowResource } from "@/lib/workflows/contract";
import { useWorkflowVerbs } from "./use-workflow-verbs";

export function StopDialog({
  workflow,
  isOpen,
  onClose,
}: {
  workflow: WorkflowResource;
  isOpen: boolean;
  onClose: () => void;
}) {
  const { stop } = useWorkflowVerbs();
  const [cancelRuns, setCancelRuns] = useState(false);
  const confirm = () => stop.mutate({ workflow, cancelRuns }, { onSuccess: onClose });
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={`Stop ${workflow.name}?`}
      description={
        workflow.endpoint
          ? `Calls of ${workflow.endpoint.method} ${workflow.endpoint.path} are answered 404 until it is deployed again.`
          : "Nothing starts it until it is deployed again."
      }
    >
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 font-medium text-sm">Its runs that are under way</legend>
        {[
          { value: false, label: "go on to their end" },
          { value: true, label: "are canceled now" },
        ].map((option) => (
          <label key={option.label} className="flex items-center gap-2.5 text-sm">
            <input
              type="radio"
              name="runs"
              className="accent-accent"
              checked={cancelRuns === option.value}
              onChange={() => setCancelRuns(option.value)}
            />
            {option.label}
          </label>
        ))}
      </fieldset>
      <DialogActions>
        <Button look="danger" isBusy={stop.isPending} onClick={confirm}>
          Stop workflow
        </Button>
        <Button onClick={onClose}>Leave it live</Button>
      </DialogActions>
    </Dialog>
  );
}

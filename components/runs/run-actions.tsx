"use client";
import { Ban, PencilLine, PencilRuler, RotateCcw, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useMay, useProjectId } from "@/components/projects/use-project";
import { Button, buttonClass } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyTextButton } from "@/components/ui/copy-button";
import type { RunDetail } from "@/lib/runs/contract";
import { isRunOver } from "@/lib/runs/status";
import { EditReplayDialog } from "./edit-replay-dialog";
import { useRunVerbs } from "./use-run-verbs";

export function RunActions({ run }: { run: RunDetail }) {
  const projectId = useProjectId();
  const mayCancel = useMay("runs.cancel");
  const mayStart = useMay("runs.start");
  const mayDelete = useMay("runs.delete");
  const { cancel, replay, remove } = useRunVerbs(run.id);
  const [asking, setAsking] = useState<"cancel" | "delete" | "edit" | null>(null);
  const close = () => setAsking(null);
  const isOver = isRunOver(run.state);
  return (
    <>
      {run.resultLink && <CopyTextButton text={run.resultLink} label="Copy result link" />}
      <Link href={`/${projectId}/workflows/${run.workflow.id}/studio`} className={buttonClass()}>
        <PencilRuler size={14} aria-hidden="true" />
        Open in studio
      </Link>
      {mayCancel && !isOver && (
        <Button
          icon={<Ban size={14} />}
          isBusy={cancel.isPending || run.cancelRequested}
          onClick={() => setAsking("cancel")}
        >
          {run.cancelRequested ? "Canceling" : "Cancel run"}
        </Button>
      )}
      {mayStart && (
        <Button icon={<RotateCcw size={14} />} isBusy={replay.isPending} onClick={() => replay.mutate({ from: null })}>
          Replay
        </Button>
      )}
      {mayStart && (
        <Button icon={<PencilLine size={14} />} onClick={() => setAsking("edit")}>
          Edit and replay
        </Button>
      )}
      <EditReplayDialog
        isOpen={asking === "edit"}
        onClose={close}
        title={`Replay ${run.workflow.name} with other inputs`}
        runId={run.id}
        node={null}
        values={run.inputs}
      />
      {mayDelete && isOver && (
        <Button icon={<Trash2 size={14} />} onClick={() => setAsking("delete")}>
          Delete
        </Button>
      )}
      <ConfirmDialog
        isOpen={asking === "cancel"}
        onClose={close}
        title={`Cancel this run of ${run.workflow.name}?`}
        verb="Cancel run"
        isBusy={cancel.isPending}
        onConfirm={() => {
          close();
          cancel.mutate(undefined);
        }}
      >
        The step that is being executed is stopped where it is, and no further one begins.
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asking === "delete"}
        onClose={close}
        title={`Delete this run of ${run.workflow.name}?`}
        verb="Delete run"
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(undefined)}
      >
        Its values, its log and its result link go with it. This cannot be undone.
      </ConfirmDialog>
    </>
  );
}

import { FlaskConical } from "lucide-react";
import { useState } from "react";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ReadInput, TypedValues } from "@/components/workflows/run-input";
import { RunInputForm } from "@/components/workflows/run-input-form";
import { uploadRunFiles } from "@/components/workflows/upload-run-files";
import { callApi } from "@/lib/http/client";
import { testDraftOperation } from "@/lib/runs/operations";
import { outputsOf, triggerOf } from "../catalog";
import type { Autosave } from "../saving/autosave";
import { useEditor, useStudio } from "../use-studio";

/** Runs the draft as it stands; its steps are followed on the canvas. */
export function TestRun({ autosave, isDisabled }: { autosave: Autosave; isDisabled: boolean }) {
  const { showRun } = useStudio();
  const [isAsking, setAsking] = useState(false);
  // What was typed the last time is there again: a test is seldom the only one.
  const [typed, setTyped] = useState<TypedValues>({});
  return (
    <>
      <Button
        icon={<FlaskConical size={14} />}
        disabled={isDisabled}
        title={isDisabled ? "The draft has errors: mend them first" : undefined}
        onClick={() => setAsking(true)}
      >
        Test run
      </Button>
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        size="md"
        title="Test run"
        description="Runs the draft with these inputs. Nothing is deployed."
      >
        <TestForm
          autosave={autosave}
          startsWith={typed}
          onStarted={(runId, given) => {
            setTyped(given);
            setAsking(false);
            showRun(runId);
          }}
        />
      </Dialog>
    </>
  );
}

function TestForm({
  autosave,
  startsWith,
  onStarted,
}: {
  autosave: Autosave;
  startsWith: TypedValues;
  onStarted: (runId: string, typed: TypedValues) => void;
}) {
  const { projectId, workflow, catalog } = useStudio();
  const definition = useEditor((view) => view.definition);
  const trigger = triggerOf(catalog, definition);
  const start = useVerb({
    projectId,
    failure: "The test could not be started",
    showsOwnErrors: true,
    run: async ({ read }: { read: ReadInput; typed: TypedValues }) => {
      const revision = await autosave.settle();
      if (revision === null) throw new Error("Your edits are not saved yet, and only what is saved can be run.");
      const uploaded = await uploadRunFiles(projectId, workflow.id, read.files);
      return callApi(testDraftOperation, {
        params: { project: projectId, workflow: workflow.id },
        body: { input: { ...read.input, ...uploaded }, revision },
      });
    },
    onSuccess: (run, { typed }) => onStarted(run.id, typed),
  });
  return (
    <RunInputForm
      definitions={trigger ? outputsOf(catalog, trigger) : []}
      verb="Run the draft"
      isBusy={start.isPending}
      error={start.error}
      startsWith={startsWith}
      onSubmit={(read, typed) => start.mutate({ read, typed })}
    />
  );
}

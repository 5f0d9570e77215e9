"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { type FieldErrors, fieldErrors, generalError } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { useFocusFirstError } from "@/components/forms/use-focus-first-error";
import { useProjectId } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { callApi } from "@/lib/http/client";
import { startRunOperation } from "@/lib/runs/operations";
import type { LiveVersion, WorkflowResource } from "@/lib/workflows/contract";
import { RunField } from "./run-field";
import { needsFile, readRunInput, type TypedValues } from "./run-input";

export function RunDialog({
  workflow,
  live,
  isOpen,
  onClose,
}: {
  workflow: WorkflowResource;
  live: LiveVersion;
  isOpen: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="md"
      title={`Run ${workflow.name}`}
      description={`Starts the live version, v${live.number}, with these inputs.`}
    >
      <RunForm workflow={workflow} live={live} />
    </Dialog>
  );
}

const noErrors: FieldErrors = {};

function RunForm({ workflow, live }: { workflow: WorkflowResource; live: LiveVersion }) {
  const projectId = useProjectId();
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState<TypedValues>({});
  const [errors, setErrors] = useState(noErrors);
  useFocusFirstError(form, errors);
  const names = live.inputs.map((input) => `input.${input.name}`);
  const start = useVerb({
    projectId,
    failure: "The run could not be started",
    showsOwnErrors: true,
    run: (input: Record<string, string | number | boolean>) =>
      callApi(startRunOperation, { params: { project: projectId, workflow: workflow.id }, body: { input } }),
    onSuccess: (run) => router.push(`/${projectId}/runs/${run.id}`),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readRunInput(live.inputs, typed);
    setErrors(read.errors);
    if (Object.keys(read.errors).length > 0) return;
    start.mutate(read.input, { onError: (error) => setErrors(fieldErrors(error)) });
  };
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError message={generalError(start.error, names)} />
      {live.inputs.length === 0 && <p className="text-ink-soft text-sm">It takes no inputs.</p>}
      {live.inputs.map((definition) => (
        <RunField
          key={definition.name}
          definition={definition}
          value={typed[definition.name] ?? ""}
          error={errors[`input.${definition.name}`]}
          onChange={(value) => setTyped({ ...typed, [definition.name]: value })}
        />
      ))}
      <DialogActions>
        <Button
          type="submit"
          look="primary"
          isBusy={start.isPending || start.isSuccess}
          disabled={needsFile(live.inputs)}
        >
          Run now
        </Button>
      </DialogActions>
    </form>
  );
}

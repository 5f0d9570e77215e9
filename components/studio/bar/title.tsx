import { PencilLine } from "lucide-react";
import { type FormEvent, useState } from "react";
import { fieldErrors, generalError } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { useVerb } from "@/components/query/use-verb";
import { Button, IconButton } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Input, Textarea } from "@/components/ui/field";
import { callApi } from "@/lib/http/client";
import { updateWorkflowOperation } from "@/lib/workflows/operations";
import { useStudio } from "../use-studio";

/** The workflow's name, which can be changed with its description. */
export function Title() {
  const { workflow, canEdit } = useStudio();
  const [isRenaming, setRenaming] = useState(false);
  return (
    <span className="flex min-w-0 items-center gap-1">
      <h1 className="min-w-0 truncate font-semibold text-base">{workflow.name}</h1>
      {canEdit && (
        <IconButton label="Rename the workflow" size="sm" onClick={() => setRenaming(true)}>
          <PencilLine size={13} />
        </IconButton>
      )}
      <Dialog isOpen={isRenaming} onClose={() => setRenaming(false)} title="Name and description">
        <RenameForm onDone={() => setRenaming(false)} />
      </Dialog>
    </span>
  );
}

function RenameForm({ onDone }: { onDone: () => void }) {
  const { projectId, workflow } = useStudio();
  const [name, setName] = useState(workflow.name);
  const [description, setDescription] = useState(workflow.description);
  const rename = useVerb({
    projectId,
    failure: "The workflow could not be renamed",
    showsOwnErrors: true,
    // The draft's revision is of its steps; a name is nobody's edit of those.
    run: (body: { name: string; description: string }) =>
      callApi(updateWorkflowOperation, { params: { project: projectId, workflow: workflow.id }, body }),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate({ name, description });
  };
  const errors = fieldErrors(rename.error);
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError message={generalError(rename.error, ["name", "description"])} />
      <Field label="Name" error={errors.name}>
        {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} autoFocus />}
      </Field>
      <Field label="Description" isOptional error={errors.description}>
        {(control) => (
          <Textarea {...control} value={description} onChange={(event) => setDescription(event.target.value)} />
        )}
      </Field>
      <DialogActions>
        <Button type="submit" look="primary" isBusy={rename.isPending}>
          Save
        </Button>
      </DialogActions>
    </form>
  );
}

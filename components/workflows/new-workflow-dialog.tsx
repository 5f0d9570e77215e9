"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { fieldErrors, generalError } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { actionsQuery } from "@/components/library/queries";
import { useProjectId } from "@/components/projects/use-project";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { callApi } from "@/lib/http/client";
import { createWorkflowOperation } from "@/lib/workflows/operations";
import { firstDraft } from "./new-workflow";
import { workflowQuery, workflowsQuery } from "./queries";

export function NewWorkflowDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="New workflow"
      description="It begins as a draft with an HTTP endpoint. The studio opens next."
    >
      <NewWorkflowForm />
    </Dialog>
  );
}

function NewWorkflowForm() {
  const project = useProjectId();
  const router = useRouter();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const create = useMutation({
    mutationFn: async () => {
      const { items } = await client.fetchQuery(actionsQuery(project));
      const definition = firstDraft(name.trim(), items);
      const body = { name, ...(definition && { definition }) };
      return callApi(createWorkflowOperation, { params: { project }, body });
    },
    onSuccess: (workflow) => {
      client.setQueryData(workflowQuery(project, workflow.id).queryKey, workflow);
      void client.invalidateQueries(workflowsQuery(project));
      router.push(`/${project}/workflows/${workflow.id}/studio`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError message={generalError(create.error, ["name"])} />
      <Field label="Name" error={fieldErrors(create.error).name}>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoFocus
            autoComplete="off"
            placeholder="Summarise a text"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <DialogActions>
        <Button type="submit" look="primary" isBusy={create.isPending || create.isSuccess}>
          Create and open the studio
        </Button>
      </DialogActions>
    </form>
  );
}

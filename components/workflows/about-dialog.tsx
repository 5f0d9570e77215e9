"use client";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { fieldErrors, generalError } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { useProjectId } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Input, Textarea } from "@/components/ui/field";
import { callApi } from "@/lib/http/client";
import type { WorkflowResource } from "@/lib/workflows/contract";
import { updateWorkflowOperation } from "@/lib/workflows/operations";
import { workflowsQuery } from "./queries";
import { TagsField } from "./tags-field";

type Target = Pick<WorkflowResource, "id" | "name" | "description" | "tags">;

/** A workflow's name, description and tags; a change of them is not one of its draft. */
export function AboutDialog({ workflow, isOpen, onClose }: { workflow: Target; isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Name, description and tags">
      <AboutForm workflow={workflow} onDone={onClose} />
    </Dialog>
  );
}

function useKnownTags(): string[] {
  const { data } = useQuery(workflowsQuery(useProjectId()));
  return [...new Set(data?.items.flatMap((item) => item.tags))].sort();
}

function AboutForm({ workflow, onDone }: { workflow: Target; onDone: () => void }) {
  const projectId = useProjectId();
  const known = useKnownTags();
  const [name, setName] = useState(workflow.name);
  const [description, setDescription] = useState(workflow.description);
  const [tags, setTags] = useState(workflow.tags);
  const save = useVerb({
    projectId,
    failure: "The workflow could not be changed",
    showsOwnErrors: true,
    run: (body: { name: string; description: string; tags: string[] }) =>
      callApi(updateWorkflowOperation, { params: { project: projectId, workflow: workflow.id }, body }),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ name, description, tags });
  };
  const errors = fieldErrors(save.error);
  const tagError = Object.entries(errors).find(([path]) => path === "tags" || path.startsWith("tags."))?.[1];
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError message={tagError ? undefined : generalError(save.error, ["name", "description", "tags"])} />
      <Field label="Name" error={errors.name}>
        {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} autoFocus />}
      </Field>
      <Field label="Description" isOptional error={errors.description}>
        {(control) => (
          <Textarea {...control} value={description} onChange={(event) => setDescription(event.target.value)} />
        )}
      </Field>
      <Field label="Tags" isOptional help="The dashboard can be narrowed to one." error={tagError}>
        {(control) => <TagsField control={control} tags={tags} known={known} onChange={setTags} />}
      </Field>
      <DialogActions>
        <Button type="submit" look="primary" isBusy={save.isPending}>
          Save
        </Button>
      </DialogActions>
    </form>
  );
}

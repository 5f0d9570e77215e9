"use client";
import { useState } from "react";
import { useMay, useProject } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Section } from "@/components/ui/section";
import { callApi } from "@/lib/http/client";
import { deleteProjectOperation } from "@/lib/projects/operations";

export function DangerSection() {
  const project = useProject();
  const mayDelete = useMay("project.delete");
  const [isAsking, setAsking] = useState(false);
  const remove = useVerb({
    projectId: project.id,
    failure: "The project could not be deleted",
    showsOwnErrors: true,
    run: () => callApi(deleteProjectOperation, { params: { project: project.id } }),
    onSuccess: () => window.location.assign("/projects"),
  });
  if (!mayDelete) return null;
  return (
    <Section title="Danger zone">
      <div className="flex flex-wrap items-center justify-between gap-4 p-5">
        <p className="max-w-xl text-ink-soft text-sm">
          Deleting the project stops its workflows, cancels its runs and deletes everything it holds, its result links
          included.
        </p>
        <Button look="danger" onClick={() => setAsking(true)}>
          Delete project
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => {
          setAsking(false);
          remove.reset();
        }}
        title={`Delete ${project.name}?`}
        verb="Delete project"
        nameToType={project.name}
        isBusy={remove.isPending || remove.isSuccess}
        error={remove.error?.message}
        onConfirm={() => remove.mutate(undefined)}
      >
        Workflows, actions, keys, variables, runs and their files are gone then, for every member. This cannot be
        undone.
      </ConfirmDialog>
    </Section>
  );
}

"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { checkForm, fieldErrors, generalError } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { PageSubmit } from "@/components/forms/page-submit";
import { Field, Input } from "@/components/ui/field";
import { callApi } from "@/lib/http/client";
import { createProjectOperation } from "@/lib/projects/operations";
import { projectsQuery } from "./queries";

async function createProject(name: string) {
  const schema = async () => (await import("@/lib/projects/contract")).createProjectContract.body;
  return callApi(createProjectOperation, { body: await checkForm(schema, { name }) });
}

/** @param isFirst somebody new begins with an example, or is asked at least */
export function CreateProjectForm({ isFirst = false }: { isFirst?: boolean }) {
  const router = useRouter();
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: createProject,
    onSuccess: (project) => {
      void client.invalidateQueries(projectsQuery());
      router.push(isFirst ? `/${project.id}/start` : `/${project.id}`);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // Out of the field itself: on a first visit, people type before the page is alive.
    create.mutate(String(new FormData(event.currentTarget).get("name") ?? ""));
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError message={generalError(create.error, ["name"])} />
      <Field label="Project name" error={fieldErrors(create.error).name}>
        {(control) => <Input {...control} name="name" autoFocus autoComplete="off" placeholder="Weather service" />}
      </Field>
      <PageSubmit sending={create}>Create project</PageSubmit>
    </form>
  );
}

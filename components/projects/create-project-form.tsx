"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { generalError, parseForm, serverErrors } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { callApi } from "@/lib/http/client";
import { createProjectContract } from "@/lib/projects/contract";
import { projectsQuery } from "./queries";

export function CreateProjectForm() {
  const router = useRouter();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [error, setError] = useState<string>();
  const create = useMutation({
    mutationFn: () => callApi(createProjectContract, { body: { name } }),
    onSuccess: (project) => {
      void client.invalidateQueries(projectsQuery());
      router.push(`/${project.id}`);
    },
    onError: (failure) => setError(serverErrors(failure).name),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { errors } = parseForm(createProjectContract.body, { name });
    setError(errors?.name);
    if (!errors) create.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3">
      <FormError message={generalError(create.error, ["name"])} />
      <Field label="Project name" error={error}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            autoComplete="off"
            placeholder="Weather service"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" look="primary" size="lg" isBusy={create.isPending || create.isSuccess}>
        Create project
      </Button>
    </form>
  );
}

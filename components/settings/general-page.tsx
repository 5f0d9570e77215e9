"use client";
import { type FormEvent, useState } from "react";
import { checkForm, fieldErrors } from "@/components/forms/field-errors";
import { useMay, useProject } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field, Input } from "@/components/ui/field";
import { Facts, Section } from "@/components/ui/section";
import { Switch } from "@/components/ui/switch";
import { RelativeTime } from "@/components/ui/time";
import { showToast } from "@/components/ui/toast-store";
import { callApi } from "@/lib/http/client";
import { updateProjectOperation } from "@/lib/projects/operations";
import { DangerSection } from "./danger-section";

function useUpdateProject(showsOwnErrors: boolean) {
  const project = useProject();
  return useVerb({
    projectId: project.id,
    failure: "The project could not be changed",
    showsOwnErrors,
    run: async (change: { name?: string; requireKey?: boolean }) =>
      callApi(updateProjectOperation, {
        params: { project: project.id },
        body: await checkForm(async () => (await import("@/lib/projects/contract")).updateProjectContract.body, change),
      }),
  });
}

export function GeneralPage() {
  const project = useProject();
  return (
    <>
      <NameSection />
      <KeySection />
      <Section title="About">
        <div className="p-5">
          <Facts
            items={[
              {
                label: "Project id",
                value: (
                  <span className="flex items-center gap-1">
                    <code className="font-mono text-xs">{project.id}</code>
                    <CopyButton text={project.id} what="the project id" />
                  </span>
                ),
              },
              { label: "Your role", value: project.role },
              { label: "Created", value: <RelativeTime at={project.createdAt} /> },
            ]}
          />
        </div>
      </Section>
      <DangerSection />
    </>
  );
}

function NameSection() {
  const project = useProject();
  const mayUpdate = useMay("project.update");
  const [name, setName] = useState(project.name);
  const update = useUpdateProject(true);
  const error = fieldErrors(update.error).name ?? update.error?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const onSuccess = () => showToast({ tone: "success", title: "The project was renamed" });
    update.mutate({ name }, { onSuccess });
  };
  return (
    <Section title="Name">
      <form onSubmit={submit} noValidate className="flex flex-wrap items-start gap-3 p-5">
        <Field
          label="Project name"
          error={error}
          help={mayUpdate ? undefined : "Only admins of the project can change it."}
          className="min-w-56 flex-1"
        >
          {(control) => (
            <Input
              {...control}
              value={name}
              disabled={!mayUpdate}
              onChange={(event) => setName(event.target.value)}
              autoComplete="off"
            />
          )}
        </Field>
        {mayUpdate && (
          <Button
            type="submit"
            className="mt-6.5 h-9"
            isBusy={update.isPending}
            disabled={name.trim() === project.name}
          >
            Rename
          </Button>
        )}
      </form>
    </Section>
  );
}

function KeySection() {
  const project = useProject();
  const mayUpdate = useMay("project.update");
  const update = useUpdateProject(false);
  const isOn = update.isPending ? (update.variables.requireKey ?? project.requireKey) : project.requireKey;
  return (
    <Section title="Access">
      <div className="p-5">
        <Switch
          label="Require an API key"
          help={`${isOn ? "Only calls that carry one of the project's keys are answered." : "Whoever knows the project URL can call its endpoints."}${mayUpdate ? "" : " Only admins of the project can change this."}`}
          checked={isOn}
          disabled={!mayUpdate || update.isPending}
          onChange={(requireKey) =>
            update.mutate(
              { requireKey },
              {
                onSuccess: () =>
                  showToast({
                    tone: "success",
                    title: requireKey ? "Calls need a key from now on" : "Calls need no key any more",
                    action: { label: "Undo", run: () => update.mutate({ requireKey: !requireKey }) },
                  }),
              },
            )
          }
        />
      </div>
    </Section>
  );
}

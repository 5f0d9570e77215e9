"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { checkForm, fieldErrors, generalError } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { useProjectId } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { OptionSelect } from "@/components/ui/option-select";
import { type SourceSchedule, sourceSchedules } from "@/drizzle/enums";
import { callApi } from "@/lib/http/client";
import type { SourceResource } from "@/lib/sources/contract";
import { addSourceOperation, updateSourceOperation } from "@/lib/sources/operations";
import { CredentialFields } from "./credential-fields";
import { addBody, type SourceValues, updateBody, valuesOf } from "./source-form-values";

interface Props {
  /** Null to add one. */
  source: SourceResource | null;
  isOpen: boolean;
  onClose: () => void;
}

export function SourceDialog({ source, isOpen, onClose }: Props) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={source ? "Change the repository" : "Add a repository"}
      description={source ? source.url : "It is scanned at once. You pick then what goes into the library."}
    >
      <SourceForm source={source} onClose={onClose} />
    </Dialog>
  );
}

const scheduleLabels: Record<SourceSchedule, string> = {
  manual: "When I say so, or its webhook",
  hourly: "Every hour",
  daily: "Every day",
};

const fields = [
  "url",
  "branch",
  "credentials",
  "credentials.username",
  "credentials.password",
  "credentials.privateKey",
];
const contract = () => import("@/lib/sources/contract");

function SourceForm({ source, onClose }: Omit<Props, "isOpen">) {
  const project = useProjectId();
  const router = useRouter();
  const [values, setValues] = useState<SourceValues>(() => valuesOf(source));
  const set = (change: Partial<SourceValues>) => setValues({ ...values, ...change });
  const save = useVerb({
    projectId: project,
    failure: "The repository could not be saved",
    showsOwnErrors: true,
    run: async () => {
      if (source) {
        const body = await checkForm(async () => (await contract()).updateSourceSchema, updateBody(values));
        return callApi(updateSourceOperation, { params: { project, source: source.id }, body });
      }
      const body = await checkForm(async () => (await contract()).addSourceSchema, addBody(values));
      return callApi(addSourceOperation, { params: { project }, body });
    },
    onSuccess: ({ id }) => {
      onClose();
      if (!source) router.push(`/${project}/settings/sources/${id}`);
    },
  });
  const errors = fieldErrors(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError message={generalError(save.error, fields)} />
      {!source && (
        <Field label="Address" error={errors.url} help="Over https or SSH.">
          {(control) => (
            <Input
              {...control}
              autoFocus
              autoComplete="off"
              spellCheck={false}
              placeholder="https://github.com/ada/actions"
              value={values.url}
              onChange={(event) => set({ url: event.target.value })}
            />
          )}
        </Field>
      )}
      <Field label="Branch" isOptional error={errors.branch} help="Left empty: the repository's default one.">
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            spellCheck={false}
            value={values.branch}
            onChange={(event) => set({ branch: event.target.value })}
          />
        )}
      </Field>
      <CredentialFields values={values} errors={errors} mayKeep={Boolean(source?.credentials)} onChange={set} />
      <Field label="Scan again">
        {(control) => (
          <OptionSelect
            {...control}
            value={values.schedule}
            options={sourceSchedules}
            labels={scheduleLabels}
            onChange={(schedule) => set({ schedule })}
          />
        )}
      </Field>
      <DialogActions>
        <Button type="submit" look="primary" isBusy={save.isPending}>
          {source ? "Save and scan" : "Add and scan"}
        </Button>
      </DialogActions>
    </form>
  );
}

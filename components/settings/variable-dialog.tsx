"use client";
import { type FormEvent, useState } from "react";
import { checkForm, fieldErrors, generalError, InvalidForm } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { useProjectId } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Input, Select, Textarea } from "@/components/ui/field";
import { FileField } from "@/components/ui/file-field";
import { OptionSelect } from "@/components/ui/option-select";
import { showToast } from "@/components/ui/toast-store";
import { callApi } from "@/lib/http/client";
import { isStructured } from "@/lib/values/types";
import type { VariableResource } from "@/lib/variables/contract";
import { setFileVariableOperation, setVariableOperation } from "@/lib/variables/operations";
import {
  emptyValue,
  isUploadType,
  readValue,
  startOf,
  typeLabels,
  type VariableValues,
  variableTypes,
} from "./variable-values";

/** The name is part of the address, so its rule is that of the parameters. */
async function nameRule() {
  return (await import("@/lib/variables/contract")).setVariableContract.params.shape.variable;
}

async function send(project: string, values: VariableValues): Promise<VariableResource> {
  const { name, type, description, file } = values;
  const params = { project, variable: name };
  if (!isUploadType(type)) {
    const value = readValue(values);
    return callApi(setVariableOperation, { params, body: { value, type, description, secret: type === "password" } });
  }
  if (!file) throw new InvalidForm({ value: type === "file" ? "Choose a file." : "Choose a zip of the folder." });
  return callApi(setFileVariableOperation, { params, query: { name: file.name, type, description }, body: file });
}

export function VariableDialog({
  variable,
  isOpen,
  onClose,
}: {
  /** Null makes a new one. */
  variable: VariableResource | null;
  isOpen: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={variable ? `Change ${variable.name}` : "New variable"}
      description="Inputs of a workflow's steps can take their value from it. Runs use the value that it has when they start a step."
    >
      <VariableForm variable={variable} onClose={onClose} />
    </Dialog>
  );
}

function VariableForm({ variable, onClose }: { variable: VariableResource | null; onClose: () => void }) {
  const project = useProjectId();
  const [values, setValues] = useState(() => startOf(variable));
  const save = useVerb({
    projectId: project,
    failure: "The variable could not be saved",
    showsOwnErrors: true,
    run: async () => {
      await checkForm(nameRule, values.name).catch((error) => {
        throw error instanceof InvalidForm ? new InvalidForm({ name: error.errors[""] ?? error.message }) : error;
      });
      return send(project, values);
    },
    onSuccess: (saved) => {
      showToast({ tone: "success", title: `${saved.name} was saved` });
      onClose();
    },
  });
  const set = (change: Partial<VariableValues>) => setValues({ ...values, ...change });
  const errors = fieldErrors(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError message={generalError(save.error, ["name", "value", "description"])} />
      <Field label="Name" error={errors.name ?? errors.variable}>
        {(control) => (
          <Input
            {...control}
            className="font-mono"
            autoComplete="off"
            autoFocus={!variable}
            disabled={variable !== null}
            placeholder="WEATHER_TOKEN"
            value={values.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Type"
        help={values.type === "password" ? "Stored encrypted, written and never shown again." : undefined}
      >
        {(control) => (
          <OptionSelect
            {...control}
            value={values.type}
            options={variableTypes}
            labels={typeLabels}
            onChange={(type) => set({ type, value: emptyValue(type), file: undefined })}
          />
        )}
      </Field>
      <Field
        label={variable?.secret || (variable && isUploadType(values.type)) ? "New value" : "Value"}
        error={errors.value ?? errors[""]}
      >
        {(control) => {
          const shared = {
            ...control,
            value: values.value,
            onChange: (event: { target: { value: string } }) => set({ value: event.target.value }),
          };
          if (isUploadType(values.type)) {
            const isArchive = values.type === "directory";
            const onFile = (file: File | undefined) => set({ file });
            return (
              <FileField control={control} name="value" isArchive={isArchive} file={values.file} onFile={onFile} />
            );
          }
          if (isStructured(values.type)) return <Textarea {...shared} rows={8} className="font-mono text-xs" />;
          if (values.type === "longstring") return <Textarea {...shared} rows={5} />;
          if (values.type === "password") return <Input {...shared} type="password" autoComplete="off" />;
          if (values.type !== "boolean") return <Input {...shared} autoComplete="off" />;
          return (
            <Select {...shared}>
              <option value="true">Yes</option>
              <option value="false">No</option>
            </Select>
          );
        }}
      </Field>
      <Field label="Description" isOptional error={errors.description}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            value={values.description}
            onChange={(event) => set({ description: event.target.value })}
          />
        )}
      </Field>
      <DialogActions>
        <Button type="submit" look="primary" isBusy={save.isPending}>
          Save
        </Button>
      </DialogActions>
    </form>
  );
}

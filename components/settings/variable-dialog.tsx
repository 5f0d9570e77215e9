"use client";
import { type FormEvent, useState } from "react";
import { checkForm, fieldErrors, generalError, InvalidForm } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { useProjectId } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Input, Select, Textarea } from "@/components/ui/field";
import { OptionSelect } from "@/components/ui/option-select";
import { showToast } from "@/components/ui/toast-store";
import { callApi } from "@/lib/http/client";
import type { VariableResource } from "@/lib/variables/contract";
import { setVariableOperation } from "@/lib/variables/operations";

const types = ["string", "longstring", "integer", "float", "boolean", "password"] as const;
type VariableType = (typeof types)[number];
const typeLabels: Record<VariableType, string> = {
  string: "Text",
  longstring: "Long text",
  integer: "Whole number",
  float: "Number",
  boolean: "Yes or no",
  password: "Secret",
};

interface Values {
  name: string;
  type: VariableType;
  value: string;
  description: string;
}

/** The name is part of the address, so its rule is that of the parameters. */
async function nameRule() {
  return (await import("@/lib/variables/contract")).setVariableContract.params.shape.variable;
}

function readValue({ type, value }: Values): string | number | boolean | null {
  if (type === "boolean") return value === "true";
  if (type !== "integer" && type !== "float") return value;
  const number = Number(value);
  return value.trim() === "" || !Number.isFinite(number) ? null : number;
}

function startOf(variable: VariableResource | null): Values {
  const type = types.find((candidate) => candidate === variable?.type) ?? "string";
  const value = variable && !variable.secret ? String(variable.value ?? "") : type === "boolean" ? "false" : "";
  return { name: variable?.name ?? "", type, value, description: variable?.description ?? "" };
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
      const { name, type, description } = values;
      await checkForm(nameRule, name).catch((error) => {
        throw error instanceof InvalidForm ? new InvalidForm({ name: error.errors[""] ?? error.message }) : error;
      });
      const value = readValue(values);
      if (value === null) throw new InvalidForm({ value: "Give a number." });
      return callApi(setVariableOperation, {
        params: { project, variable: name },
        body: { value, type, description, secret: type === "password" },
      });
    },
    onSuccess: (saved) => {
      showToast({ tone: "success", title: `${saved.name} was saved` });
      onClose();
    },
  });
  const set = (change: Partial<Values>) => setValues({ ...values, ...change });
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
            options={types}
            labels={typeLabels}
            onChange={(type) => set({ type, value: type === "boolean" ? "false" : "" })}
          />
        )}
      </Field>
      <Field label={variable?.secret ? "New value" : "Value"} error={errors.value}>
        {(control) => {
          const shared = {
            ...control,
            value: values.value,
            onChange: (event: { target: { value: string } }) => set({ value: event.target.value }),
          };
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

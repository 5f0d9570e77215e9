"use client";
import { type FormEvent, useState } from "react";
import { z } from "zod";
import { type FieldErrors, generalError, parseForm, serverErrors } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { useProjectId } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Input, Select, Textarea } from "@/components/ui/field";
import { showToast } from "@/components/ui/toast-store";
import { callApi } from "@/lib/http/client";
import { setVariableContract, type VariableResource } from "@/lib/variables/contract";
import { variableNameSchema } from "@/lib/workflows/definition/schema";

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

const typedSchema = z.object({
  name: variableNameSchema,
  type: z.enum(types),
  value: z.string(),
  description: z.string().max(1_000),
});

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

const noErrors: FieldErrors = {};

function VariableForm({ variable, onClose }: { variable: VariableResource | null; onClose: () => void }) {
  const project = useProjectId();
  const [values, setValues] = useState(() => startOf(variable));
  const [errors, setErrors] = useState(noErrors);
  const save = useVerb({
    projectId: project,
    failure: "The variable could not be saved",
    showsOwnErrors: true,
    run: (input: {
      name: string;
      body: { value: string | number | boolean; type: VariableType; description: string };
    }) =>
      callApi(setVariableContract, {
        params: { project, variable: input.name },
        body: { ...input.body, secret: input.body.type === "password" },
      }),
    onSuccess: (saved) => {
      showToast({ tone: "success", title: `${saved.name} was saved` });
      onClose();
    },
  });
  const set = (change: Partial<Values>) => setValues({ ...values, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = parseForm(typedSchema, values);
    const value = readValue(values);
    const found = { ...parsed.errors, ...(value === null && { value: "Give a number." }) };
    setErrors(found);
    if (parsed.errors || value === null) return;
    save.mutate(
      { name: values.name, body: { value, type: values.type, description: values.description } },
      { onError: (failure) => setErrors(serverErrors(failure)) },
    );
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
          <Select
            {...control}
            value={values.type}
            onChange={(event) => {
              const type = types.find((candidate) => candidate === event.target.value);
              if (type) set({ type, value: type === "boolean" ? "false" : "" });
            }}
          >
            {types.map((type) => (
              <option key={type} value={type}>
                {typeLabels[type]}
              </option>
            ))}
          </Select>
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

"use client";
import { type FormEvent, useEffect, useMemo, useRef, useState } from "react";
import { atFields, type FieldErrors, fieldErrors } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { useFocusFirstError } from "@/components/forms/use-focus-first-error";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/dialog";
import { RunField } from "./run-field";
import { type ReadInput, type RunInputDefinition, readRunInput, type TypedValues } from "./run-input";

const noErrors: FieldErrors = {};

/** What a run is to be started with; what the server says of a field stands at the field. */
export function RunInputForm({
  definitions,
  verb,
  isBusy,
  error,
  startsWith,
  onSubmit,
}: {
  definitions: RunInputDefinition[];
  verb: string;
  isBusy: boolean;
  error: Error | null;
  startsWith?: TypedValues;
  onSubmit: (read: ReadInput, typed: TypedValues) => void;
}) {
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState<TypedValues>(startsWith ?? {});
  const [errors, setErrors] = useState(noErrors);
  useFocusFirstError(form, errors);
  const names = useMemo(() => definitions.map((input) => `input.${input.name}`), [definitions]);
  useEffect(() => setErrors(error ? atFields(fieldErrors(error), names) : noErrors), [error, names]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readRunInput(definitions, typed);
    setErrors(read.errors);
    if (Object.keys(read.errors).length === 0) onSubmit(read, typed);
  };
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError message={names.some((name) => errors[name]) ? undefined : error?.message} />
      {definitions.length === 0 && <p className="text-ink-soft text-sm">It takes no inputs.</p>}
      {definitions.map((definition) => (
        <RunField
          key={definition.name}
          definition={definition}
          value={typed[definition.name] ?? ""}
          error={errors[`input.${definition.name}`]}
          onChange={(value) => setTyped({ ...typed, [definition.name]: value })}
        />
      ))}
      <DialogActions>
        <Button type="submit" look="primary" isBusy={isBusy}>
          {verb}
        </Button>
      </DialogActions>
    </form>
  );
}

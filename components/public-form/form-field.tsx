"use client";
import { Field } from "@/components/ui/field";
import { FileField } from "@/components/ui/file-field";
import { RunField } from "@/components/workflows/run-field";
import { type FormInput, takesFile } from "./typed-form";

/** The control that fits a field's type, with what is wrong beside it. */
export function FormField({
  input,
  value,
  error,
  onChange,
}: {
  input: FormInput;
  value: string | boolean | File | undefined;
  error: string | undefined;
  onChange: (value: string | boolean | File) => void;
}) {
  if (!takesFile(input.type)) {
    const typed = value instanceof File ? "" : (value ?? "");
    return <RunField definition={input} value={typed} error={error} hidesHint onChange={onChange} />;
  }
  return (
    <Field label={input.humanName || input.name} help={input.help} error={error} isOptional={input.optional}>
      {(control) => (
        <FileField
          control={control}
          name={input.name}
          isArchive={input.type === "directory"}
          file={value instanceof File ? value : undefined}
          onFile={(file) => onChange(file ?? "")}
        />
      )}
    </Field>
  );
}

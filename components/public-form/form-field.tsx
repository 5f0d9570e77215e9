"use client";
import { RunField } from "@/components/workflows/run-field";
import type { TypedValue } from "@/components/workflows/run-input";
import type { FormInput } from "./typed-form";

/** The control that fits a field's type, with what is wrong beside it. Bytes come as a file. */
export function FormField({
  input,
  value,
  error,
  onChange,
}: {
  input: FormInput;
  value: TypedValue | undefined;
  error: string | undefined;
  onChange: (value: TypedValue) => void;
}) {
  const definition = input.type === "bytes" ? { ...input, type: "file" as const } : input;
  return <RunField definition={definition} value={value ?? ""} error={error} hidesHint onChange={onChange} />;
}

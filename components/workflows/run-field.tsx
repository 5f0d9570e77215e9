import { Field, Input, Select, Textarea } from "@/components/ui/field";
import { FileField } from "@/components/ui/file-field";
import { JsonTextarea } from "@/components/ui/json-textarea";
import { YesOrNo } from "@/components/ui/switch";
import { sampleOf } from "@/lib/values/json-schema/sample";
import type { IoType } from "@/lib/values/types";
import type { RunInputDefinition, TypedValue } from "./run-input";

const hints: Partial<Record<IoType, string>> = {
  integer: "whole number",
  float: "number",
  bytes: "base64",
  file: "file",
  directory: "folder",
  table: "table",
  object: "JSON object",
  array: "JSON list",
};

/** The control that fits an input's type. */
export function RunField({
  definition,
  value,
  error,
  hidesHint = false,
  onChange,
}: {
  definition: RunInputDefinition;
  value: TypedValue;
  error: string | undefined;
  /** The type's name is for those who know what the workflow does with it. */
  hidesHint?: boolean;
  onChange: (value: TypedValue) => void;
}) {
  const { name, humanName, help, type, optional, enumValues, schema } = definition;
  const hint = hidesHint ? undefined : hints[type];
  const label = (
    <>
      {humanName || name}
      {hint && <span className="font-normal text-ink-faint text-xs">{hint}</span>}
    </>
  );
  const text = typeof value === "string" ? value : "";
  return (
    <Field label={label} help={help} error={error} isOptional={optional}>
      {(control) => {
        const shared = {
          ...control,
          name,
          value: text,
          onChange: (event: { target: { value: string } }) => onChange(event.target.value),
        };
        switch (type) {
          case "boolean":
            return (
              <YesOrNo
                control={control}
                name={name}
                value={typeof value === "boolean" ? value : optional ? null : false}
                unsetText={optional ? "Not given" : undefined}
                onChange={(next) => onChange(next ?? "")}
              />
            );
          case "longstring":
            return <Textarea {...shared} rows={4} />;
          case "enum":
            return (
              <Select {...shared}>
                <option value="">{optional ? "Not given" : "Choose …"}</option>
                {enumValues?.map((option) => (
                  <option key={option} value={option}>
                    {option}
                  </option>
                ))}
              </Select>
            );
          case "password":
            return <Input {...shared} type="password" autoComplete="off" />;
          case "integer":
          case "float":
            return <Input {...shared} inputMode={type === "integer" ? "numeric" : "decimal"} autoComplete="off" />;
          case "file":
          case "directory":
          case "table":
            return (
              <FileField
                control={control}
                name={name}
                isArchive={type === "directory"}
                file={value instanceof File ? value : undefined}
                onFile={(file) => onChange(file ?? "")}
              />
            );
          case "object":
          case "array": {
            const { onChange: _typed, ...place } = shared;
            const sample = JSON.stringify(sampleOf(schema, type), null, 2);
            return <JsonTextarea {...place} placeholder={sample} onText={onChange} />;
          }
          case "string":
          case "bytes":
            return <Input {...shared} autoComplete="off" />;
        }
      }}
    </Field>
  );
}

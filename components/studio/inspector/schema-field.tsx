import { useState } from "react";
import { Field } from "@/components/ui/field";
import { JsonTextarea } from "@/components/ui/json-textarea";
import { readJson } from "@/components/ui/read-json";
import { isSchemaObject, type JsonSchema } from "@/lib/values/json-schema/document";

/** The schema is taken once what is typed is one; until then the last that was stays. */
export function SchemaField({
  type,
  schema,
  disabled,
  onChange,
}: {
  type: "object" | "array";
  schema: JsonSchema | undefined;
  disabled: boolean;
  onChange: (schema: JsonSchema | undefined) => void;
}) {
  const [typed, setTyped] = useState<string>();
  const example = type === "array" ? arrayExample : objectExample;
  return (
    <Field label={<span className="font-normal text-ink-soft text-xs">JSON Schema</span>} isOptional>
      {(control) => (
        <JsonTextarea
          {...control}
          disabled={disabled}
          value={typed ?? (schema ? JSON.stringify(schema, null, 2) : "")}
          placeholder={JSON.stringify(example, null, 2)}
          onText={(text) => {
            setTyped(text);
            if (text.trim() === "") return onChange(undefined);
            const read = readSchema(text);
            if (read) onChange(read);
          }}
        />
      )}
    </Field>
  );
}

const objectExample = { properties: { name: { type: "string" } }, required: ["name"] };
const arrayExample = { items: { type: "number" }, minItems: 1 };

function readSchema(text: string): JsonSchema | undefined {
  try {
    const value = readJson(text);
    return isSchemaObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

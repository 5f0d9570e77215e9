import { useState } from "react";
import { Button } from "@/components/ui/button";
import { type ControlProps, Input, Select, Textarea } from "@/components/ui/field";
import { JsonTextarea } from "@/components/ui/json-textarea";
import { YesOrNo } from "@/components/ui/switch";
import { sampleOf } from "@/lib/values/json-schema/sample";
import { type IoDefinition, isStructured } from "@/lib/values/types";
import type { InputSource } from "@/lib/workflows/definition/schema";
import { FileControl } from "./file-control";
import { TextWindow } from "./text-window";
import { isTextOf, readTyped, typedText } from "./typed-value";

export interface ValueControlProps {
  control: ControlProps;
  io: IoDefinition;
  source: InputSource | undefined;
  disabled: boolean;
  onChange: (source: InputSource | null) => void;
}

/** A fixed value, typed into what fits the input's type. */
export function ValueControl(props: ValueControlProps) {
  const { control, io, source, disabled, onChange } = props;
  switch (io.type) {
    case "boolean":
      return <BooleanControl {...props} />;
    case "enum":
      return (
        <Select
          {...control}
          disabled={disabled}
          value={typedText(source)}
          onChange={(event) => onChange(readTyped("enum", event.target.value))}
        >
          <option value="">{defaultText(io) || (io.optional ? "Not given" : "Choose …")}</option>
          {io.enumValues?.map((value) => (
            <option key={value} value={value}>
              {value}
            </option>
          ))}
        </Select>
      );
    case "password":
      return <PasswordControl {...props} />;
    case "file":
    case "directory":
    case "table":
      return <FileControl {...props} />;
    default:
      return <TextControl key={io.type} {...props} />;
  }
}

function defaultText({ defaultValue }: IoDefinition): string {
  return defaultValue === undefined || defaultValue === ""
    ? ""
    : `Default: ${typeof defaultValue === "object" ? JSON.stringify(defaultValue) : String(defaultValue)}`;
}

/** Holds what is typed, which says more than the value does: `1.` is a number on its way. */
function TextControl({ control, io, source, disabled, onChange }: ValueControlProps) {
  const [typed, setTyped] = useState(typedText(source));
  const text = isTextOf(io.type, typed, source) ? typed : typedText(source);
  const shared = {
    ...control,
    disabled,
    value: text,
    placeholder: defaultText(io),
    onChange: (event: { target: { value: string } }) => {
      setTyped(event.target.value);
      onChange(readTyped(io.type, event.target.value));
    },
  };
  const sample = isStructured(io.type) ? JSON.stringify(sampleOf(io.schema, io.type), null, 2) : null;
  const isJson = sample !== null;
  if (isJson || io.type === "longstring") {
    const take = (value: string) => shared.onChange({ target: { value } });
    return (
      <>
        {isJson ? (
          <JsonTextarea {...shared} placeholder={shared.placeholder || sample} onText={take} />
        ) : (
          <Textarea {...shared} rows={5} spellCheck={false} className="font-mono text-xs" />
        )}
        <TextWindow title={io.humanName || io.name} text={text} isJson={isJson} disabled={disabled} onChange={take} />
      </>
    );
  }
  const inputMode = io.type === "integer" ? "numeric" : io.type === "float" ? "decimal" : undefined;
  return <Input {...shared} {...(inputMode && { inputMode })} autoComplete="off" spellCheck={false} />;
}

function BooleanControl({ control, io, source, disabled, onChange }: ValueControlProps) {
  const value = source && "static" in source ? source.static : null;
  const byDefault = io.defaultValue;
  return (
    <YesOrNo
      control={control}
      disabled={disabled}
      value={value === null ? null : value === true}
      unsetText={
        byDefault !== undefined ? `Default: ${byDefault ? "yes" : "no"}` : io.optional ? "Not given" : undefined
      }
      isOnUnset={byDefault === true}
      onChange={(next) => onChange(next === null ? null : { static: next })}
    />
  );
}

/** What is typed is taken when the field is left: it is sealed at once, and a seal cannot be typed on. */
function PasswordControl({ control, source, disabled, onChange }: ValueControlProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const isSealed = source !== undefined && ("sealed" in source || typedText(source) !== "");
  if (isSealed && typed === null) {
    return (
      <div className="flex items-center gap-2">
        <output id={control.id} className="flex-1 text-ink-soft text-sm tracking-widest">
          ••••••
        </output>
        <Button size="sm" disabled={disabled} onClick={() => setTyped("")}>
          Replace
        </Button>
        <Button size="sm" look="quiet" disabled={disabled} onClick={() => onChange(null)}>
          Remove
        </Button>
      </div>
    );
  }
  const take = () => {
    if (typed) onChange({ static: typed });
    setTyped(null);
  };
  return (
    <Input
      {...control}
      type="password"
      autoComplete="new-password"
      disabled={disabled}
      autoFocus={isSealed}
      value={typed ?? ""}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
      }}
    />
  );
}

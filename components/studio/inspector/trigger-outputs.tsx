import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { type ControlProps, Field, Input, Select } from "@/components/ui/field";
import type { Issue } from "@/lib/errors";
import { type InputOrigin, inputOrigins, type TriggerKind } from "@/lib/triggers/kinds";
import { ioTypes, isStructured } from "@/lib/values/types";
import type { DynamicOutput, WorkflowNode } from "@/lib/workflows/definition/schema";
import { addOutput, changeOutput, removeOutput } from "../edits/outputs";
import { useStudio } from "../use-studio";
import { SchemaField } from "./schema-field";

export interface TriggerOutputsProps {
  node: WorkflowNode;
  kind: TriggerKind | null;
  problems: ReadonlyMap<string, Issue>;
}

const titles: Partial<Record<TriggerKind, string>> = {
  http_api: "Inputs of the endpoint",
  webhook: "Taken from a delivery",
  form: "Fields of the form",
};

/** What the workflow takes from whoever starts it. */
export function TriggerOutputs({ node, kind, problems }: TriggerOutputsProps) {
  const { editor, canEdit } = useStudio();
  return (
    <section aria-label="Inputs of the workflow" className="flex flex-col gap-3 border-line border-t pt-4">
      <div className="flex items-center justify-between gap-3">
        <h3 className="font-medium text-sm">{(kind && titles[kind]) ?? "Inputs of a run"}</h3>
        {canEdit && (
          <Button size="sm" icon={<Plus size={13} />} onClick={() => editor.edit((d) => addOutput(d, node.id))}>
            Add input
          </Button>
        )}
      </div>
      {node.dynamicOutputs.length === 0 && (
        <p className="text-ink-faint text-sm">None yet. Each one can be linked to the inputs of steps.</p>
      )}
      <ol className="flex flex-col gap-3">
        {node.dynamicOutputs.map((output, index) => {
          // Names change while they are typed; an input is its place in the list.
          const place = `dynamicOutputs.${index}`;
          return (
            <li key={place} data-field={place}>
              <OutputCard
                node={node}
                index={index}
                output={output}
                hasOrigin={kind === "http_api" || kind === "webhook"}
                problem={problems.get(place)}
              />
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function OutputCard({
  node,
  index,
  output,
  hasOrigin,
  problem,
}: {
  node: WorkflowNode;
  index: number;
  output: DynamicOutput;
  hasOrigin: boolean;
  problem: Issue | undefined;
}) {
  const { editor, canEdit } = useStudio();
  const change = (part: keyof DynamicOutput, value: Partial<DynamicOutput>) =>
    editor.edit((d) => changeOutput(d, node.id, index, value), `${part} of ${node.id} ${index}`);
  return (
    <div className="flex flex-col gap-2.5 rounded-lg border border-line bg-sunken p-3">
      <div className="flex items-end gap-2">
        <Field label={small("Name")} className="min-w-0 flex-1" error={problem?.message}>
          {(control) => (
            <NameInput
              control={control}
              disabled={!canEdit}
              name={output.name}
              onChange={(name) => change("name", { name })}
            />
          )}
        </Field>
        {canEdit && (
          <IconButton
            label={`Remove the input ${output.name}`}
            onClick={() => editor.edit((d) => removeOutput(d, node.id, index))}
          >
            <Trash2 size={15} />
          </IconButton>
        )}
      </div>
      <div className="grid grid-cols-2 gap-2">
        <Field label={small("Type")}>
          {(control) => (
            <Select
              {...control}
              disabled={!canEdit}
              value={output.type}
              onChange={(event) => {
                const type = ioTypes.find((candidate) => candidate === event.target.value);
                if (type) change("type", { type, enumValues: type === "enum" ? [] : undefined, schema: undefined });
              }}
            >
              {ioTypes.map((type) => (
                <option key={type}>{type}</option>
              ))}
            </Select>
          )}
        </Field>
        {hasOrigin && (
          <Field label={small("Comes in")}>
            {(control) => (
              <Select
                {...control}
                disabled={!canEdit}
                value={output.origin ?? ""}
                onChange={(event) => change("origin", { origin: (event.target.value || undefined) as InputOrigin })}
              >
                <option value="">by itself</option>
                {inputOrigins.map((origin) => (
                  <option key={origin} value={origin}>
                    {origin}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
      </div>
      {output.type === "enum" && (
        <Field label={small("Values, separated by commas")}>
          {(control) => (
            <Input
              {...control}
              disabled={!canEdit}
              defaultValue={output.enumValues?.join(", ") ?? ""}
              onChange={(event) => change("enumValues", { enumValues: valuesOf(event.target.value) })}
            />
          )}
        </Field>
      )}
      {isStructured(output.type) && (
        <SchemaField
          type={output.type}
          schema={output.schema}
          disabled={!canEdit}
          onChange={(schema) => change("schema", { schema })}
        />
      )}
      <Field label={small("Help")}>
        {(control) => (
          <Input
            {...control}
            disabled={!canEdit}
            value={output.help}
            placeholder="Shown in the project's API page"
            onChange={(event) => change("help", { help: event.target.value })}
          />
        )}
      </Field>
      <label className="flex items-center gap-2 text-sm">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          disabled={!canEdit}
          checked={output.optional}
          onChange={(event) => change("optional", { optional: event.target.checked })}
        />
        Optional
      </label>
    </div>
  );
}

/** An output without a name cannot be stored, so an emptied field waits for the next letter. */
function NameInput({
  control,
  name,
  disabled,
  onChange,
}: {
  control: ControlProps;
  name: string;
  disabled: boolean;
  onChange: (name: string) => void;
}) {
  const [isEmptied, setEmptied] = useState(false);
  return (
    <Input
      {...control}
      disabled={disabled}
      className="font-mono text-xs"
      maxLength={64}
      value={isEmptied ? "" : name}
      onChange={({ target: { value } }) => {
        setEmptied(value === "");
        if (value !== "") onChange(value);
      }}
      onBlur={() => setEmptied(false)}
    />
  );
}

const small = (text: string) => <span className="font-normal text-ink-soft text-xs">{text}</span>;

const valuesOf = (text: string) => [
  ...new Set(
    text
      .split(",")
      .map((value) => value.trim())
      .filter(Boolean),
  ),
];

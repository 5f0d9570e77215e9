import { Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { OptionSelect } from "@/components/ui/option-select";
import { ioTypes, isFileType } from "@/lib/values/types";
import type { IoForm, IoList } from "./metadata-form";

const titles: Record<IoList, string> = { inputs: "Inputs", outputs: "Outputs" };
const one: Record<IoList, string> = { inputs: "input", outputs: "output" };

/** What an action takes or gives, one by one. */
export function IoEditor({
  list,
  items,
  disabled,
  onChange,
  onAdd,
  onRemove,
}: {
  list: IoList;
  items: IoForm[];
  disabled: boolean;
  onChange: (index: number, change: Partial<IoForm>) => void;
  onAdd: () => void;
  onRemove: (index: number) => void;
}) {
  return (
    <section aria-label={titles[list]} className="flex flex-col gap-2.5">
      <div className="flex items-center justify-between">
        <h2 className="font-semibold text-sm">{titles[list]}</h2>
        {!disabled && (
          <Button size="sm" icon={<Plus size={13} />} onClick={onAdd}>
            Add {one[list]}
          </Button>
        )}
      </div>
      {items.length === 0 && <p className="text-ink-faint text-sm">None.</p>}
      <ul className="flex flex-col gap-2.5">
        {items.map((io, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: its name is what is being typed
          <li key={index} className="rounded-lg border border-line bg-surface p-3">
            <IoFields
              list={list}
              io={io}
              disabled={disabled}
              onChange={(change) => onChange(index, change)}
              onRemove={() => onRemove(index)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function IoFields({
  list,
  io,
  disabled,
  onChange,
  onRemove,
}: {
  list: IoList;
  io: IoForm;
  disabled: boolean;
  onChange: (change: Partial<IoForm>) => void;
  onRemove: () => void;
}) {
  const takesDefault = list === "inputs" && !isFileType(io.type) && io.type !== "password";
  return (
    <fieldset disabled={disabled} className="grid grid-cols-[minmax(0,1fr)_8.5rem_auto] items-end gap-2.5">
      <legend className="sr-only">
        {one[list]} {io.name}
      </legend>
      <Field label="Name">
        {(control) => (
          <Input
            {...control}
            value={io.name}
            maxLength={64}
            spellCheck={false}
            autoComplete="off"
            className="font-mono text-xs"
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label="Type">
        {(control) => (
          <OptionSelect {...control} value={io.type} options={ioTypes} onChange={(type) => onChange({ type })} />
        )}
      </Field>
      <IconButton label={`Remove ${io.name}`} onClick={onRemove} className="mb-0.5">
        <Trash2 size={14} />
      </IconButton>
      <Field label="Help" className="col-span-3">
        {(control) => (
          <Input {...control} value={io.help} onChange={(event) => onChange({ help: event.target.value })} />
        )}
      </Field>
      {io.type === "enum" && (
        <Field label="Values" help="Separated by commas." className="col-span-3">
          {(control) => (
            <EnumValues control={control} values={io.enumValues} onChange={(enumValues) => onChange({ enumValues })} />
          )}
        </Field>
      )}
      <div className="col-span-3 flex flex-wrap items-end gap-x-4 gap-y-2">
        {takesDefault && (
          <Field label="Default" className="min-w-40 flex-1">
            {(control) => (
              <Input
                {...control}
                value={io.defaultValue}
                autoComplete="off"
                onChange={(event) => onChange({ defaultValue: event.target.value })}
              />
            )}
          </Field>
        )}
        <label className="flex h-9 items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={io.optional}
            onChange={(event) => onChange({ optional: event.target.checked })}
            className="size-4 accent-accent"
          />
          Optional
        </label>
      </div>
    </fieldset>
  );
}

/** Taken when the field is left: a comma on its way is no value yet. */
function EnumValues({
  control,
  values,
  onChange,
}: {
  control: { id: string };
  values: string[];
  onChange: (values: string[]) => void;
}) {
  return (
    <Input
      {...control}
      key={values.join()}
      defaultValue={values.join(", ")}
      autoComplete="off"
      onBlur={(event) => {
        const typed = event.target.value.split(",").map((value) => value.trim());
        onChange([...new Set(typed.filter(Boolean))]);
      }}
    />
  );
}

import { type ComponentType, useMemo, useState } from "react";
import { type ControlProps, Field, Select } from "@/components/ui/field";
import type { Issue } from "@/lib/errors";
import { ownValue } from "@/lib/values/own";
import { type IoDefinition, withArticle } from "@/lib/values/types";
import { judgeFit } from "@/lib/workflows/definition/link-types";
import type { InputSource, WorkflowNode } from "@/lib/workflows/definition/schema";
import { isUnset, offersFor, setInput } from "../edits/inputs";
import { useEditor, useStudio } from "../use-studio";
import { LinkSelect } from "./link-select";
import { type SourceKind, SourceSwitch } from "./source-switch";
import { ValueControl, type ValueControlProps } from "./value-control";

function kindOf(source: InputSource | undefined): SourceKind {
  if (source && "link" in source) return "step";
  return source && "variable" in source ? "variable" : "value";
}

/** Controls for a fixed value, by the inputs' names, where their types say too little. */
export type FixedControls = Readonly<Record<string, ComponentType<ValueControlProps>>>;

export interface InputFieldProps {
  node: WorkflowNode;
  io: IoDefinition;
  problem: Issue | undefined;
  /** Where its value may come from. */
  kinds: readonly SourceKind[];
  controls?: FixedControls | undefined;
}

/** One input of a step: its name and help, and where its value comes from. */
export function InputField({ node, io, problem, kinds, controls }: InputFieldProps) {
  const { editor, canEdit } = useStudio();
  const source = ownValue(node.inputs, io.name);
  const [wanted, setWanted] = useState<SourceKind | null>(null);
  const isFixed = kinds.length === 1;
  const kind = isUnset(source) ? (wanted ?? "value") : kindOf(source);
  const change = (next: InputSource | null) =>
    editor.edit((d) => setInput(d, node.id, io.name, next), `${node.id}.${io.name}`);
  const title = io.humanName || io.name;
  return (
    <div data-field={`inputs.${io.name}`} className="relative">
      <Field
        className={isFixed ? undefined : "[&>label]:pr-24"}
        label={
          <>
            <span className="min-w-0 truncate" title={io.name}>
              {title}
            </span>
            <span className="font-normal text-2xs text-ink-faint">{io.type}</span>
          </>
        }
        isOptional={io.optional}
        help={io.help}
        error={problem?.message}
      >
        {(control) => {
          const shared = { control, node, io, source, disabled: !canEdit, onChange: change };
          if (kind === "step") return <LinkControl {...shared} />;
          if (kind === "variable") return <VariableControl {...shared} />;
          const Control = (controls && ownValue(controls, io.name)) ?? ValueControl;
          return <Control {...shared} />;
        }}
      </Field>
      {!isFixed && (
        <div className="absolute top-0 right-0">
          <SourceSwitch
            kinds={kinds}
            label={`Where ${title} comes from`}
            value={kind}
            disabled={!canEdit}
            onChange={(next) => {
              setWanted(next);
              if (!isUnset(source)) change(null);
            }}
          />
        </div>
      )}
    </div>
  );
}

interface SourceControlProps {
  control: ControlProps;
  node: WorkflowNode;
  io: IoDefinition;
  source: InputSource | undefined;
  disabled: boolean;
  onChange: (source: InputSource | null) => void;
}

function LinkControl({ control, node, io, source, disabled, onChange }: SourceControlProps) {
  const { catalog } = useStudio();
  const definition = useEditor((view) => view.definition);
  const offers = useMemo(() => offersFor(definition, catalog, node.id, io), [definition, catalog, node.id, io]);
  const link = source && "link" in source ? source.link : null;
  if (offers.length === 0 && !link) {
    return (
      <output id={control.id} className="text-ink-faint text-sm">
        No step before this one gives {withArticle(io.type)}.
      </output>
    );
  }
  return (
    <LinkSelect
      control={control}
      catalog={catalog}
      offers={offers}
      value={link}
      disabled={disabled}
      onChange={(chosen) => onChange({ link: chosen })}
    />
  );
}

function VariableControl({ control, io, source, disabled, onChange }: SourceControlProps) {
  const { variables } = useStudio();
  const fitting = variables.filter((variable) => judgeFit({ type: variable.type }, io) !== "does not fit");
  const chosen = source && "variable" in source ? source.variable : "";
  const isKnown = fitting.some((variable) => variable.name === chosen);
  if (fitting.length === 0 && !chosen) {
    return (
      <output id={control.id} className="text-ink-faint text-sm">
        The project has no variable that is {withArticle(io.type)}.
      </output>
    );
  }
  return (
    <Select
      {...control}
      disabled={disabled}
      value={chosen}
      onChange={(event) => onChange(event.target.value ? { variable: event.target.value } : null)}
    >
      <option value="">Choose …</option>
      {chosen && !isKnown && <option value={chosen}>{chosen} (does not fit)</option>}
      {fitting.map((variable) => (
        <option key={variable.name} value={variable.name}>
          {variable.name}
        </option>
      ))}
    </Select>
  );
}

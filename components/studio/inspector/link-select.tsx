import { type ControlProps, Select } from "@/components/ui/field";
import { type Catalog, titleOf } from "../catalog";
import type { Offer } from "../edits/inputs";

export interface OutputReference {
  node: string;
  output: string;
}

const keyOf = ({ node, output }: OutputReference) => `${node}.${output}`;

/** One of the outputs on offer, by step; one that is no longer on offer is still shown as what it is. */
export function LinkSelect({
  control,
  catalog,
  offers,
  value,
  placeholder,
  disabled,
  onChange,
}: {
  control: ControlProps | { "aria-label": string };
  catalog: Catalog;
  offers: Offer[];
  value: OutputReference | null;
  placeholder?: string;
  disabled: boolean;
  onChange: (reference: OutputReference) => void;
}) {
  const all = offers.flatMap(({ node, outputs }) => outputs.map(({ name }) => ({ node: node.id, output: name })));
  const isOffered = value !== null && all.some((reference) => keyOf(reference) === keyOf(value));
  return (
    <Select
      {...control}
      disabled={disabled}
      value={value ? keyOf(value) : ""}
      onChange={(event) => {
        const chosen = all.find((reference) => keyOf(reference) === event.target.value);
        if (chosen) onChange(chosen);
      }}
    >
      {(value === null || placeholder) && <option value="">{placeholder ?? "Choose …"}</option>}
      {value && !isOffered && (
        <option value={keyOf(value)}>
          {value.node}: {value.output} (cannot be used here)
        </option>
      )}
      {offers.map(({ node, outputs }) => (
        <optgroup key={node.id} label={titleOf(catalog, node)}>
          {outputs.map((output) => (
            <option key={output.name} value={keyOf({ node: node.id, output: output.name })}>
              {titleOf(catalog, node)}: {output.humanName || output.name} · {output.type}
            </option>
          ))}
        </optgroup>
      ))}
    </Select>
  );
}

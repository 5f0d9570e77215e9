import { Link2, type LucideIcon, PencilLine, Variable } from "lucide-react";
import { useId } from "react";

export const sourceKinds = ["value", "step", "variable"] as const;
export type SourceKind = (typeof sourceKinds)[number];

const looks: Record<SourceKind, { label: string; icon: LucideIcon }> = {
  value: { label: "A fixed value", icon: PencilLine },
  step: { label: "From an earlier step", icon: Link2 },
  variable: { label: "A variable of the project", icon: Variable },
};

/** Where an input's value comes from. */
export function SourceSwitch({
  label,
  kinds,
  value,
  disabled,
  onChange,
}: {
  label: string;
  kinds: readonly SourceKind[];
  value: SourceKind;
  disabled: boolean;
  onChange: (kind: SourceKind) => void;
}) {
  const name = useId();
  return (
    <fieldset disabled={disabled} className="rounded-md border border-line bg-sunken p-px">
      <legend className="sr-only">{label}</legend>
      <div className="flex">
        {kinds.map((kind) => {
          const { label: title, icon: Icon } = looks[kind];
          return (
            <label
              key={kind}
              title={title}
              className="relative flex h-5 w-7 cursor-pointer items-center justify-center rounded-sm text-ink-faint hover:text-ink has-checked:bg-surface has-checked:text-accent has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name={name}
                aria-label={title}
                checked={kind === value}
                onChange={() => onChange(kind)}
                className="absolute inset-0 cursor-pointer opacity-0"
              />
              <Icon size={12} aria-hidden="true" />
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

import { Minus, PencilLine, Plus } from "lucide-react";
import type { StepChange } from "@/lib/workflows/definition/compare";
import type { ContractChange } from "@/lib/workflows/definition/compare-contracts";

const looks: Record<StepChange["kind"], { label: string; icon: typeof Plus; tone: string }> = {
  added: { label: "Added", icon: Plus, tone: "text-completed" },
  removed: { label: "Removed", icon: Minus, tone: "text-danger" },
  changed: { label: "Changed", icon: PencilLine, tone: "text-warning" },
};

const maxShown = 200;

/** Steps that are others than before, and what of them. */
export function StepChanges({
  steps,
  results,
  label = "Steps",
}: {
  steps: StepChange[];
  results: boolean;
  label?: string;
}) {
  if (steps.length === 0 && !results) return <p className="text-ink-soft text-sm">No step has changed.</p>;
  return (
    <ul aria-label={label} className="flex flex-col gap-2 text-sm">
      {steps.slice(0, maxShown).map((step) => {
        const { label, icon: Icon, tone } = looks[step.kind];
        return (
          <li key={`${step.kind} ${step.node}`} className="flex items-start gap-2.5">
            <Icon size={15} className={`mt-0.5 shrink-0 ${tone}`} aria-label={label} role="img" />
            <span className="min-w-0">
              {step.name} <code className="font-mono text-ink-faint text-xs">{step.action}</code>
              {step.details.length > 0 && (
                <span className="block text-ink-faint text-xs">{step.details.join(", ")}</span>
              )}
            </span>
          </li>
        );
      })}
      {steps.length > maxShown && <li className="text-ink-faint">and {steps.length - maxShown} more</li>}
      {results && (
        <li className="flex items-start gap-2.5">
          <PencilLine size={15} className="mt-0.5 shrink-0 text-warning" aria-label="Changed" role="img" />
          What is answered
        </li>
      )}
    </ul>
  );
}

/** What callers will notice; what breaks their calls comes first. */
export function ContractChanges({ changes }: { changes: ContractChange[] }) {
  if (changes.length === 0) return <p className="text-ink-soft text-sm">Callers notice nothing.</p>;
  const sorted = [...changes].sort((left, right) => Number(right.isBreaking) - Number(left.isBreaking));
  return (
    <ul aria-label="Changes for callers" className="flex flex-col gap-2 text-sm">
      {sorted.map((change) => (
        <li key={change.message} className={change.isBreaking ? "text-danger" : ""}>
          {change.isBreaking && (
            <strong className="mr-2 rounded-sm bg-danger-soft px-1.5 py-0.5 font-medium text-2xs">Breaking</strong>
          )}
          {change.message}
        </li>
      ))}
    </ul>
  );
}

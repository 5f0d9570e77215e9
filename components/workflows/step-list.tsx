import { Link2, PencilRuler } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import type { Definition } from "@/lib/workflows/definition/schema";
import { describeSource, orderedSteps } from "./ordered-steps";

/** The draft's steps, in order, with what each takes and from where. */
export function StepList({ definition }: { definition: Definition }) {
  const steps = orderedSteps(definition);
  if (steps.length === 0)
    return (
      <EmptyState icon={<PencilRuler size={22} />} title="The draft has no steps yet">
        The studio is where a trigger and its steps are put together.
      </EmptyState>
    );
  return (
    <ol className="flex flex-col">
      {steps.map(({ node, after }, index) => (
        <li key={node.id} className="relative flex gap-4 pb-3 last:pb-0">
          {index < steps.length - 1 && (
            <span aria-hidden="true" className="absolute top-9.5 -bottom-2.5 left-3.5 w-px bg-line-strong" />
          )}
          <span className="tabular mt-2.5 flex size-7 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface text-ink-soft text-xs">
            {index + 1}
          </span>
          <div className="min-w-0 flex-1 rounded-lg border border-line bg-surface px-4 py-3 shadow-card">
            <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
              <h3 className="font-medium">{node.name || node.id}</h3>
              <code className="font-mono text-ink-faint text-xs">
                {node.action.id}@{node.action.version}
              </code>
              {after.length > 0 && <span className="text-ink-faint text-xs sm:ml-auto">after {after.join(", ")}</span>}
            </div>
            <Inputs inputs={node.inputs} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function Inputs({ inputs }: { inputs: Definition["nodes"][number]["inputs"] }) {
  const entries = Object.entries(inputs).filter(
    ([, source]) => !("static" in source && (source.static === null || source.static === "")),
  );
  if (entries.length === 0) return null;
  return (
    <dl className="mt-2 grid grid-cols-[minmax(0,9rem)_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
      {entries.map(([name, source]) => (
        <div key={name} className="contents">
          <dt className="truncate text-ink-faint">{name}</dt>
          <dd className="flex min-w-0 items-center gap-1.5 font-mono">
            {"link" in source && <Link2 size={12} aria-label="from" className="shrink-0 text-accent" />}
            <span className="truncate">{describeSource(source)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

import { Field, Input } from "@/components/ui/field";
import type { WorkflowNode } from "@/lib/workflows/definition/schema";
import { setRetry } from "../edits/nodes";
import { useStudio } from "../use-studio";

const fallback = { maxAttempts: 1, backoffSeconds: 1, backoffFactor: 2, maxBackoffSeconds: 600 };

const fields = [
  { name: "maxAttempts", label: "Attempts", min: 1, max: 100, isWhole: true },
  { name: "backoffSeconds", label: "First wait (s)", min: 0, max: 86_400, isWhole: false },
  { name: "backoffFactor", label: "Then times", min: 1, max: 10, isWhole: false },
] as const;

/** How often a step is tried, and how long it rests in between. */
export function RetrySettings({ node }: { node: WorkflowNode }) {
  const { editor, canEdit } = useStudio();
  const retry = node.retry ?? fallback;
  const change = (name: keyof typeof fallback, value: number) => {
    const next = { ...retry, [name]: value };
    editor.edit((d) => setRetry(d, node.id, next.maxAttempts > 1 ? next : undefined), `retries of ${node.id}`);
  };
  return (
    <fieldset className="border-line border-t pt-4">
      <legend className="float-left mb-2 font-medium text-sm">When it fails</legend>
      <div className="clear-both grid grid-cols-3 gap-2">
        {fields.map(({ name, label, min, max, isWhole }) => (
          <Field key={name} label={<span className="font-normal text-ink-soft text-xs">{label}</span>}>
            {(control) => (
              <Input
                {...control}
                type="number"
                min={min}
                max={max}
                step={isWhole ? 1 : "any"}
                disabled={!canEdit || (name !== "maxAttempts" && retry.maxAttempts === 1)}
                value={retry[name]}
                onChange={({ target: { valueAsNumber: value } }) => {
                  if (value >= min && value <= max && (!isWhole || Number.isInteger(value))) change(name, value);
                }}
              />
            )}
          </Field>
        ))}
      </div>
    </fieldset>
  );
}

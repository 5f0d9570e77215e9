import { X } from "lucide-react";
import { useMemo } from "react";
import { Field, Select } from "@/components/ui/field";
import type { WorkflowNode } from "@/lib/workflows/definition/schema";
import { titleOf } from "../catalog";
import { connect, disconnect, possibleBefore } from "../edits/edges";
import { useEditor, useStudio } from "../use-studio";

/** The steps that a step waits for: the connections of the canvas, for whoever does not draw them. */
export function Order({ node }: { node: WorkflowNode }) {
  const { editor, catalog, canEdit } = useStudio();
  const definition = useEditor((view) => view.definition);
  const before = definition.edges.flatMap((edge) => (edge.to === node.id ? [edge.from] : []));
  const titles = useMemo(
    () => new Map(definition.nodes.map((other) => [other.id, titleOf(catalog, other)])),
    [definition, catalog],
  );
  const possible = useMemo(() => possibleBefore(definition, node.id), [definition, node.id]);
  return (
    <div className="flex flex-col gap-2">
      <Field label="Runs after">
        {(control) => (
          <Select
            {...control}
            disabled={!canEdit || possible.length === 0}
            value=""
            onChange={(event) => {
              const from = event.target.value;
              if (from) editor.edit((d) => connect(d, catalog, from, node.id));
            }}
          >
            <option value="">
              {possible.length > 0 ? "Add a step to wait for …" : "No other step can come before"}
            </option>
            {possible.map((other) => (
              <option key={other.id} value={other.id}>
                {titles.get(other.id)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {before.length > 0 && (
        <ul aria-label="Steps it waits for" className="flex flex-wrap gap-1.5">
          {before.map((id) => (
            <li
              key={id}
              className="flex h-6 max-w-full items-center gap-1 rounded-full border border-line-strong px-2.5 text-xs has-[button]:pr-0.5"
            >
              <span className="truncate">{titles.get(id) ?? id}</span>
              {canEdit && (
                <button
                  type="button"
                  aria-label={`Do not wait for ${titles.get(id) ?? id}`}
                  onClick={() => editor.edit((d) => disconnect(d, id, node.id))}
                  className="rounded-full p-0.5 text-ink-faint hover:bg-hover hover:text-ink"
                >
                  <X size={12} />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

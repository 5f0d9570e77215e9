import { useEditor, useStudio } from "../use-studio";

/** What to do first, on a canvas with nothing on it. */
export function EmptyHint() {
  const { canEdit } = useStudio();
  const isEmpty = useEditor((view) => view.definition.nodes.length === 0);
  if (!isEmpty) return null;
  return (
    <div className="pointer-events-none absolute inset-0 flex items-center justify-center p-6 text-center">
      <div className="max-w-xs">
        <h2 className="font-semibold text-lg">Nothing here yet</h2>
        {canEdit && (
          <p className="mt-1 text-ink-soft text-sm">
            Begin with a trigger, which says what starts the workflow: click one in the library, or drag it here.
          </p>
        )}
      </div>
    </div>
  );
}

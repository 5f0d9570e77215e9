import { useCallback } from "react";
import { triggerOf } from "./catalog";
import type { EditorView } from "./editor";
import { type AddAt, addNode } from "./edits/nodes";
import type { Dragged } from "./library/dragged";
import { useStudio } from "./use-studio";

/** Where an action goes when nobody says: where it was asked for, after the selected step, or after the last one. */
function defaultPlace({ insertAt, selection, definition }: EditorView, trigger: string | undefined): AddAt {
  if (insertAt) return insertAt;
  const [selected] = selection;
  const isStep = definition.nodes.some((node) => node.id === selected);
  if (selected && isStep && selection.length === 1) return { after: selected };
  const earlier = new Set(definition.edges.map((edge) => edge.from));
  const last = definition.nodes.findLast((node) => !earlier.has(node.id))?.id ?? trigger;
  return last ? { after: last } : { alone: null };
}

/** Puts an action of the library into the workflow and selects it. */
export function useAddAction(): (action: Dragged, at?: AddAt) => void {
  const { editor, catalog } = useStudio();
  return useCallback(
    (action, at) => {
      const view = editor.read();
      const trigger = triggerOf(catalog, view.definition)?.id;
      const added = addNode(view.definition, catalog, action, at ?? defaultPlace(view, trigger));
      editor.edit(() => added.definition);
      editor.insertNext(null);
      editor.reveal({ node: added.id, tab: "configure", field: null });
    },
    [editor, catalog],
  );
}

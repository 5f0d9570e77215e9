import { applyNodeChanges, type EdgeChange, type NodeChange } from "@xyflow/react";
import { useCallback, useMemo, useRef, useState } from "react";
import { type FlowEdge, type FlowNode, flowEdges, flowNodes, keepUnchanged, layoutOf } from "../definition-to-flow";
import { moveNodes } from "../edits/nodes";
import type { Layout, Point } from "../layout";
import { severities } from "../problem-place";
import { useEditor, useStudio } from "../use-studio";

const noEdges: ReadonlySet<string> = new Set();

/** What React Flow is given, and what becomes of its changes: all but a drag under way goes into the definition. */
export function useFlow() {
  const { editor, catalog, problems, run, isRunShown } = useStudio();
  const definition = useEditor((view) => view.definition);
  const selection = useEditor((view) => view.selection);
  const [selectedEdges, setSelectedEdges] = useState(noEdges);

  const layout = useKeptLayout();
  const shown = useMemo(
    () => ({
      catalog,
      severities: severities(problems),
      steps: new Map(isRunShown ? run?.steps.map((step) => [step.node, step]) : []),
    }),
    [catalog, problems, run, isRunShown],
  );
  const derived = useMemo(() => flowNodes(definition, layout, shown), [definition, layout, shown]);
  const selected = useMemo(() => {
    const chosen = new Set(selection);
    return derived.map((node) => (chosen.has(node.id) ? { ...node, selected: true } : node));
  }, [derived, selection]);
  const [nodes, setNodes] = useState<FlowNode[]>(selected);
  const [given, setGiven] = useState(selected);
  if (given !== selected) {
    setGiven(selected);
    setNodes((before) => keepUnchanged(before, selected));
  }

  const edges = useMemo(() => {
    const made = flowEdges(definition, layout, shown);
    return made.map((edge) => (selectedEdges.has(edge.id) ? { ...edge, selected: true } : edge));
  }, [definition, layout, shown, selectedEdges]);

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const chosen = new Set(editor.read().selection);
      const moved = new Map<string, Point>();
      for (const change of changes) {
        if (change.type === "select") change.selected ? chosen.add(change.id) : chosen.delete(change.id);
        if (change.type === "position" && change.dragging === false && change.position)
          moved.set(change.id, change.position);
      }
      const here = changes.filter((change) => change.type !== "select" && change.type !== "remove");
      if (here.length > 0) setNodes((before) => applyNodeChanges(here, before));
      editor.select([...chosen]);
      if (moved.size > 0) editor.edit((d) => moveNodes(d, moved), `places of ${[...moved.keys()].join()}`);
    },
    [editor],
  );

  const onEdgesChange = useCallback((changes: EdgeChange<FlowEdge>[]) => {
    setSelectedEdges((before) => {
      const next = new Set(before);
      for (const change of changes) {
        if (change.type === "select") change.selected ? next.add(change.id) : next.delete(change.id);
      }
      return next;
    });
  }, []);

  return { nodes, edges, onNodesChange, onEdgesChange };
}

/** The layout of what the graph looks like; what is typed into a node does not move any. */
function useKeptLayout(): Layout {
  const { catalog } = useStudio();
  const definition = useEditor((view) => view.definition);
  const kept = useRef<{ key: string; layout: Layout } | null>(null);
  return useMemo(() => {
    const { nodes, edges, results } = definition;
    const answered = results.kind === "file" ? [results.node] : results.entries.map((entry) => entry.node);
    const key = JSON.stringify([nodes.map((node) => [node.id, node.action.id, node.ui]), edges, answered]);
    if (kept.current?.key === key) return kept.current.layout;
    const layout = layoutOf(definition, catalog);
    kept.current = { key, layout };
    return layout;
  }, [definition, catalog]);
}

import { useReactFlow, useStore } from "@xyflow/react";
import { useEffect } from "react";
import { nodeSize } from "../layout";
import { useEditor } from "../use-studio";

/** The button that adds a step stands beside a node. */
const margin = 44;

/** How far what begins at `start` must be moved to lie within the window; 0 where it does. */
function missing(start: number, size: number, available: number): number {
  if (start < margin) return margin - start;
  return Math.min(0, available - margin - (start + size));
}

/** What is selected is seen: a node that was added, or that a problem has led to, may stand outside of the window. */
export function useKeepInView(): void {
  const only = useEditor((view) => (view.selection.length === 1 ? view.selection[0] : undefined));
  const { getNode, getViewport, setViewport } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const isPlaced = useStore((state) => only !== undefined && state.nodeLookup.has(only));
  useEffect(() => {
    const node = only && isPlaced ? getNode(only) : undefined;
    if (!node || width === 0) return;
    const { x, y, zoom } = getViewport();
    const dx = missing(node.position.x * zoom + x, nodeSize.width * zoom, width);
    const dy = missing(node.position.y * zoom + y, nodeSize.height * zoom, height);
    if (dx !== 0 || dy !== 0) void setViewport({ x: x + dx, y: y + dy, zoom }, { duration: 220 });
  }, [only, isPlaced, width, height, getNode, getViewport, setViewport]);
}

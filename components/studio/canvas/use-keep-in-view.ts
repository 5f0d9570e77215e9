import { useReactFlow, useStore } from "@xyflow/react";
import { useEffect } from "react";
import { nodeSize } from "../layout";
import { useEditor } from "../use-studio";

const margin = 24;

/** What is selected is seen: a node that was added, or that a problem has led to, may stand outside of the window. */
export function useKeepInView(): void {
  const only = useEditor((view) => (view.selection.length === 1 ? view.selection[0] : undefined));
  const { getNode, getViewport, setCenter } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const isPlaced = useStore((state) => only !== undefined && state.nodeLookup.has(only));
  useEffect(() => {
    const node = only && isPlaced ? getNode(only) : undefined;
    if (!node || width === 0) return;
    const { x, y, zoom } = getViewport();
    const left = node.position.x * zoom + x;
    const top = node.position.y * zoom + y;
    const isSeen =
      left >= margin &&
      top >= margin &&
      left + nodeSize.width * zoom <= width - margin &&
      top + nodeSize.height * zoom <= height - margin;
    if (isSeen) return;
    const center = { x: node.position.x + nodeSize.width / 2, y: node.position.y + nodeSize.height / 2 };
    void setCenter(center.x, center.y, { zoom: Math.max(zoom, 0.6), duration: 220 });
  }, [only, isPlaced, width, height, getNode, getViewport, setCenter]);
}

import { Panel, useReactFlow } from "@xyflow/react";
import { LayoutGrid, Maximize, Redo2, Undo2, ZoomIn, ZoomOut } from "lucide-react";
import type { ComponentProps } from "react";
import { IconButton } from "@/components/ui/button";
import { tidyUp } from "../edits/nodes";
import { useEditor, useStudio } from "../use-studio";
import { fitOptions } from "./fit-options";

const motion = { duration: 180 };

export function ViewControls() {
  const { editor, canEdit } = useStudio();
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const canUndo = useEditor((view) => view.past.length > 0);
  const canRedo = useEditor((view) => view.future.length > 0);
  const hasMoved = useEditor((view) => view.definition.nodes.some((node) => node.ui));
  return (
    <Panel position="bottom-left">
      <div
        role="toolbar"
        aria-label="View"
        className="flex items-center gap-0.5 rounded-lg border border-line bg-raised p-1 shadow-pop"
      >
        {canEdit && (
          <>
            <Tool label="Undo" disabled={!canUndo} onClick={() => editor.undo()}>
              <Undo2 size={15} />
            </Tool>
            <Tool label="Redo" disabled={!canRedo} onClick={() => editor.redo()}>
              <Redo2 size={15} />
            </Tool>
            <span aria-hidden="true" className="mx-1 h-5 w-px bg-line" />
          </>
        )}
        <Tool label="Zoom out" onClick={() => void zoomOut(motion)}>
          <ZoomOut size={15} />
        </Tool>
        <Tool label="Zoom in" onClick={() => void zoomIn(motion)}>
          <ZoomIn size={15} />
        </Tool>
        <Tool label="Show everything" onClick={() => void fitView({ ...fitOptions, ...motion })}>
          <Maximize size={15} />
        </Tool>
        {canEdit && (
          <Tool label="Tidy up" disabled={!hasMoved} onClick={() => editor.edit(tidyUp)}>
            <LayoutGrid size={15} />
          </Tool>
        )}
      </div>
    </Panel>
  );
}

const Tool = (props: ComponentProps<typeof IconButton>) => <IconButton {...props} className="size-7" />;

import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from "@xyflow/react";
import { Plus, X } from "lucide-react";
import { memo, type ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { answerId, type FlowEdge } from "../definition-to-flow";
import { disconnect } from "../edits/edges";
import { useStudio } from "../use-studio";
import { middleOf, pathBy } from "./edge-path";

const strokes = {
  values: { strokeWidth: 1.75 },
  order: { strokeWidth: 1.5, strokeDasharray: "2 5" },
  running: { strokeWidth: 2, strokeDasharray: "6 5" },
  answer: { strokeWidth: 1.5, strokeDasharray: "6 5" },
} as const;

const verbsClass = "flex gap-1 rounded-full border border-line-strong bg-raised p-0.5 shadow-pop";
const hoverSize = { width: 58, height: 30 };

export const LinkEdge = memo(function LinkEdge(props: EdgeProps<FlowEdge>) {
  const { source, target, selected, data } = props;
  const from = { x: props.sourceX, y: props.sourceY };
  const to = { x: props.targetX, y: props.targetY };
  const way = data?.way ?? [];
  // What leads back on the canvas needs the bows that a plain curve has.
  const path = to.x > from.x ? pathBy(from, way, to) : getBezierPath(props)[0];
  const label = middleOf(from, way, to);
  const { canEdit } = useStudio();
  const stroke = strokes[data?.isRunning ? "running" : (data?.carries ?? "values")];
  return (
    <>
      <BaseEdge
        path={path}
        interactionWidth={24}
        className={cn(data?.isRunning && "studio-edge-running")}
        style={{ stroke: "var(--studio-edge)", ...stroke }}
      />
      {canEdit && !selected && target !== answerId && (
        // Within the edge, so that it is there as long as the pointer is on either; the keyboard selects the edge.
        <foreignObject
          x={label.x - hoverSize.width / 2}
          y={label.y - hoverSize.height / 2}
          {...hoverSize}
          className="studio-edge-verbs nodrag nopan"
        >
          <div aria-hidden="true" className={verbsClass}>
            <EdgeVerbs source={source} target={target} tabIndex={-1} />
          </div>
        </foreignObject>
      )}
      {canEdit && selected && target !== answerId && (
        <EdgeLabelRenderer>
          <div
            className={cn(verbsClass, "nodrag nopan pointer-events-auto absolute")}
            style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }}
          >
            <EdgeVerbs source={source} target={target} />
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

function EdgeVerbs({ source, target, tabIndex }: { source: string; target: string; tabIndex?: number }) {
  const { editor } = useStudio();
  return (
    <>
      <EdgeButton
        label="Insert a step here"
        tabIndex={tabIndex}
        onClick={() => editor.insertNext({ on: { from: source, to: target } })}
      >
        <Plus size={13} />
      </EdgeButton>
      <EdgeButton
        label="Remove the connection"
        tabIndex={tabIndex}
        onClick={() => editor.edit((d) => disconnect(d, source, target))}
      >
        <X size={13} />
      </EdgeButton>
    </>
  );
}

interface EdgeButtonProps {
  label: string;
  tabIndex: number | undefined;
  onClick: () => void;
  children: ReactNode;
}

function EdgeButton({ label, tabIndex, onClick, children }: EdgeButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      tabIndex={tabIndex}
      onClick={(event) => {
        event.stopPropagation();
        onClick();
      }}
      className="flex size-6 items-center justify-center rounded-full text-ink-soft hover:bg-hover hover:text-ink"
    >
      {children}
    </button>
  );
}

import { Handle, type NodeProps, Position } from "@xyflow/react";
import { CircleAlert, CornerDownLeft, Plus, TriangleAlert } from "lucide-react";
import { memo } from "react";
import { StateIcon, stateLooks } from "@/components/runs/run-state";
import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/components/ui/format";
import type { StepState } from "@/drizzle/enums";
import type { AnswerFlowNode, Severity, StepFlowNode } from "../definition-to-flow";
import { useStudio } from "../use-studio";
import { ActionIcon } from "./action-icon";

const cardClass =
  "group/node relative flex h-full items-center gap-3 border bg-surface pr-3 shadow-card transition-shadow";

/** What has not been, or will not be, stays as it is without a run. */
const hasBegun = (state: StepState) => state !== "queued" && state !== "skipped";

function rim(severity: Severity | null, isSelected: boolean, state: StepFlowNode["data"]["state"] = null): string {
  if (isSelected) return "border-accent ring-3 ring-accent/20";
  if (severity === "error") return "border-danger-line";
  if (state && hasBegun(state)) return stateLooks[state].rim;
  return "border-line-strong hover:border-ink-faint";
}

/** In a run, the step's state: what is too small to be read is still told by its colour. */
function tile({ kind, state }: StepFlowNode["data"]): string {
  if (kind === "unknown") return "bg-danger-soft text-danger";
  if (state && hasBegun(state)) return cn("bg-current/15", stateLooks[state].text);
  return kind === "trigger" ? "bg-accent/12 text-accent" : "bg-sunken text-ink-soft";
}

export const StepNode = memo(function StepNode({ id, data, selected, isConnectable }: NodeProps<StepFlowNode>) {
  const isTrigger = data.kind === "trigger";
  return (
    <div
      className={cn(
        cardClass,
        rim(data.severity, selected, data.state),
        isTrigger ? "rounded-lg rounded-l-[2rem] pl-4" : "rounded-lg pl-3",
      )}
    >
      {!isTrigger && <Handle type="target" position={Position.Left} isConnectable={isConnectable} />}
      <span className={cn("flex size-9 shrink-0 items-center justify-center rounded-md", tile(data))}>
        <ActionIcon about={[...data.categories, data.subtitle, data.title]} size={18} />
      </span>
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate text-left font-medium text-sm">
          {data.title}
        </span>
        <span className={cn("block truncate text-ink-faint text-xs", isTrigger && "font-mono text-2xs")}>
          {data.subtitle}
        </span>
      </span>
      <Mark severity={data.severity} />
      {data.state && <StepMark state={data.state} durationMs={data.durationMs} />}
      <Handle type="source" position={Position.Right} isConnectable={isConnectable} />
      {isConnectable && <AddAfter id={id} title={data.title} isShown={selected} />}
    </div>
  );
});

export const AnswerNode = memo(function AnswerNode({ data, selected, isConnectable }: NodeProps<AnswerFlowNode>) {
  return (
    <div className={cn(cardClass, rim(data.severity, selected), "rounded-lg rounded-r-[2rem] border-dashed pl-3")}>
      <Handle type="target" position={Position.Left} isConnectable={isConnectable} />
      <span className="flex size-9 shrink-0 items-center justify-center rounded-md bg-accent/12 text-accent">
        <CornerDownLeft size={18} aria-hidden="true" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block font-medium text-sm">{data.title}</span>
        <span className="block truncate text-ink-faint text-xs">{data.subtitle}</span>
      </span>
      <Mark severity={data.severity} />
    </div>
  );
});

function Mark({ severity }: { severity: Severity | null }) {
  if (severity === "error") return <CircleAlert size={15} className="shrink-0 text-danger" aria-label="Has an error" />;
  if (severity === "warning")
    return <TriangleAlert size={15} className="shrink-0 text-warning" aria-label="Has a warning" />;
  return null;
}

function StepMark({
  state,
  durationMs,
}: Pick<StepFlowNode["data"], "durationMs"> & { state: NonNullable<StepFlowNode["data"]["state"]> }) {
  return (
    <span
      className={cn(
        "tabular absolute -top-2.5 right-3 flex h-5 items-center gap-1 rounded-full border border-current/30 bg-surface px-1.5 text-2xs",
        stateLooks[state].text,
      )}
    >
      <StateIcon state={state} size={11} />
      {durationMs !== null && durationMs > 0 && state !== "running" && formatDuration(durationMs)}
    </span>
  );
}

function AddAfter({ id, title, isShown }: { id: string; title: string; isShown: boolean }) {
  const { editor } = useStudio();
  return (
    <button
      type="button"
      // The node itself is what the keyboard reaches; its steps are added from the library.
      tabIndex={-1}
      aria-label={`Add a step after ${title}`}
      onClick={(event) => {
        event.stopPropagation();
        editor.select([id]);
        editor.insertNext({ after: id });
      }}
      className={cn(
        "nodrag nopan absolute top-1/2 -right-9 flex size-6 -translate-y-1/2 items-center justify-center rounded-full border border-line-strong bg-raised text-ink-faint shadow-card transition-opacity hover:border-accent hover:text-accent focus-visible:opacity-100 group-hover/node:opacity-100",
        isShown ? "opacity-100" : "opacity-0",
      )}
    >
      <Plus size={13} />
    </button>
  );
}

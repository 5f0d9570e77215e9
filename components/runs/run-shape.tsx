"use client";
import dynamic from "next/dynamic";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatCount } from "@/components/ui/format";
import { Segmented } from "@/components/ui/segmented";
import { useMedia } from "@/components/ui/use-media";
import type { RunDetail } from "@/lib/runs/contract";
import { GanttView } from "./gantt";
import { GraphPlace } from "./graph-place";
import { useStepsView } from "./use-steps-view";

/** The graph's library is larger than the rest of the page. */
const RunGraph = dynamic(() => import("@/components/studio/run-graph").then((module) => module.RunGraph), {
  ssr: false,
  loading: () => <GraphPlace />,
});

const views = [
  { value: "time" as const, label: "Timeline" },
  { value: "graph" as const, label: "Graph" },
  { value: "both" as const, label: "Both" },
];

/** A graph of more takes a moment to be laid out, and is drawn when it is asked for. */
const manySteps = 250;

/** The width from which on the page's styles put the selected step beside its steps: then both are always shown. */
const roomForBoth = "(min-width: 100rem)";

interface RunShapeProps {
  run: RunDetail;
  selected: string | null;
  onSelect: (node: string | null) => void;
}

/** A run's steps in time, and as the workflow links them; pressing a step selects it in both. */
export function RunShape(props: RunShapeProps) {
  const hasRoom = useMedia(roomForBoth, false);
  const [view, setView] = useStepsView();
  return (
    <section aria-label="Steps of the run" className="flex min-w-0 flex-col gap-2.5 min-[100rem]:gap-4">
      <div className="self-end min-[100rem]:hidden">
        <Segmented label="Show the steps as" value={view} options={views} onChange={setView} />
      </div>
      <div className={cn(view === "graph" && "max-[100rem]:hidden")}>
        <GanttView {...props} />
      </div>
      <div className={cn(view === "time" && "max-[100rem]:hidden")}>
        <GraphOrPlace {...props} isWanted={view !== "time"} hasRoom={hasRoom} onWant={() => setView("both")} />
      </div>
    </section>
  );
}

function GraphOrPlace({
  isWanted,
  hasRoom,
  onWant,
  ...props
}: RunShapeProps & { isWanted: boolean; hasRoom: boolean; onWant: () => void }) {
  const count = props.run.steps.length;
  if (isWanted || (hasRoom && count <= manySteps)) return <RunGraph {...props} />;
  if (count <= manySteps) return <GraphPlace />;
  return (
    <div className="flex h-32 items-center justify-center rounded-lg border border-line border-dashed">
      <Button onClick={onWant}>Draw the graph of {formatCount(count, "step")}</Button>
    </div>
  );
}

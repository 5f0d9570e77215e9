"use client";
import dynamic from "next/dynamic";
import { cn } from "@/components/ui/cn";
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

/** The width from which on the page's styles put the selected step beside its steps: then both are always shown. */
const roomForBoth = "(min-width: 100rem)";

/** A run's steps in time, and as the workflow links them; pressing a step selects it in both. */
export function RunShape(props: { run: RunDetail; selected: string | null; onSelect: (node: string | null) => void }) {
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
        {hasRoom || view !== "time" ? <RunGraph {...props} /> : <GraphPlace />}
      </div>
    </section>
  );
}

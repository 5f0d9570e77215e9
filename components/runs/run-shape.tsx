"use client";
import dynamic from "next/dynamic";
import { Segmented } from "@/components/ui/segmented";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useUrlState } from "@/components/ui/use-url-state";
import type { RunDetail } from "@/lib/runs/contract";
import { GanttView } from "./gantt";

/** The graph's library is larger than the rest of the page. */
const RunGraph = dynamic(() => import("@/components/studio/run-graph").then((module) => module.RunGraph), {
  ssr: false,
  loading: () => <SkeletonRows label="Loading the graph" />,
});

const shapes = [
  { value: "time" as const, label: "Timeline" },
  { value: "graph" as const, label: "Graph" },
];

/** A run's steps, in time or as the workflow links them; pressing one selects it. */
export function RunShape(props: { run: RunDetail; selected: string | null; onSelect: (node: string | null) => void }) {
  const [text, setShape] = useUrlState("as");
  const shape = text === "graph" ? "graph" : "time";
  return (
    <section aria-label="Steps of the run" className="flex flex-col gap-2.5">
      <div className="self-end">
        <Segmented
          label="Show the steps as"
          value={shape}
          options={shapes}
          onChange={(chosen) => setShape(chosen === "graph" ? "graph" : "")}
        />
      </div>
      {shape === "graph" ? <RunGraph {...props} /> : <GanttView {...props} />}
    </section>
  );
}

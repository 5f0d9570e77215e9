import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useProjectId } from "@/components/projects/use-project";
import { GanttView } from "@/components/runs/gantt";
import { runQuery, runsQuery } from "@/components/runs/queries";
import { StateBadge } from "@/components/runs/run-state";
import { ValuesView } from "@/components/runs/value-view";
import { Section } from "@/components/ui/section";

/** The workflow's newest run, as it goes on. */
export function FirstRun({ workflowId }: { workflowId: string }) {
  const projectId = useProjectId();
  const id = useInfiniteQuery(runsQuery(projectId, { workflow: workflowId })).data?.pages[0]?.items[0]?.id;
  const { data: run } = useQuery({ ...runQuery(projectId, id ?? ""), enabled: id !== undefined });
  if (!run) return <p className="text-ink-faint text-sm">The run will appear here, step by step.</p>;
  return (
    <Section title="The run" actions={<StateBadge state={run.state} />}>
      <div className="flex flex-col gap-4 p-5">
        <GanttView run={run} selected={null} onSelect={() => {}} />
        {run.outputs && <ValuesView runId={run.id} values={run.outputs} empty="It gave no results." />}
        {run.error && <p className="text-failed text-sm">{run.error.message}</p>}
        <Link
          href={`/${projectId}/runs/${run.id}`}
          className="w-fit rounded-sm font-medium text-accent text-sm hover:underline"
        >
          All about this run
        </Link>
      </div>
    </Section>
  );
}

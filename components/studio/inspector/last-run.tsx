import { ArrowUpRight } from "lucide-react";
import Link from "next/link";
import { ErrorView } from "@/components/runs/error-view";
import { StateBadge } from "@/components/runs/run-state";
import { ValuesView } from "@/components/runs/value-view";
import { RelativeTime } from "@/components/ui/time";
import { isRunOver } from "@/lib/runs/status";
import { useStudio } from "../use-studio";

/** The real values that went through a step the last time. */
export function LastRun({ nodeId }: { nodeId: string | null }) {
  const { projectId, run } = useStudio();
  if (!run) return <p className="text-ink-faint text-sm">Nothing has run yet. A test run shows its values here.</p>;
  const step = run.steps.find((candidate) => candidate.node === nodeId);
  return (
    <div className="flex flex-col gap-4">
      <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm">
        <StateBadge state={step?.state ?? run.state} />
        <RelativeTime at={run.createdAt} className="text-ink-faint" />
        <Link
          href={`/${projectId}/runs/${run.id}${step ? `?step=${step.node}` : ""}`}
          className="ml-auto flex items-center gap-0.5 rounded-sm font-medium text-accent hover:underline"
        >
          Whole run
          <ArrowUpRight size={13} aria-hidden="true" />
        </Link>
      </p>
      {step ? (
        <>
          {step.error && <ErrorView error={step.error} />}
          <Values title="Inputs" runId={run.id} values={step.inputs} empty="It took no inputs." />
          <Values title="Outputs" runId={run.id} values={step.outputs} empty="It has given no outputs." />
        </>
      ) : nodeId ? (
        <p className="text-ink-faint text-sm">This step was not part of that run.</p>
      ) : (
        <>
          {run.error && <ErrorView error={run.error} />}
          <Values
            title="Answer"
            runId={run.id}
            values={run.outputs}
            empty={isRunOver(run.state) ? "It gave no results." : "It has not ended yet."}
          />
        </>
      )}
    </div>
  );
}

function Values(props: { title: string; runId: string; values: Record<string, unknown> | null; empty: string }) {
  return (
    <section className="flex flex-col gap-2 border-line border-t pt-3">
      <h3 className="font-medium text-sm">{props.title}</h3>
      <ValuesView runId={props.runId} values={props.values} empty={props.empty} />
    </section>
  );
}

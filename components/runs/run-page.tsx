"use client";
import { useQuery } from "@tanstack/react-query";
import { useProject } from "@/components/projects/use-project";
import { Gone } from "@/components/query/gone";
import { QueryError } from "@/components/query/query-error";
import { CopyButton } from "@/components/ui/copy-button";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useUrlState } from "@/components/ui/use-url-state";
import { ApiError } from "@/lib/http/client";
import type { RunDetail } from "@/lib/runs/contract";
import { runQuery } from "./queries";
import { RunActions } from "./run-actions";
import { RunFacts } from "./run-facts";
import { RunPanel, StepPanel } from "./run-panel";
import { RunShape } from "./run-shape";
import { StateBadge } from "./run-state";

export function RunPage({ runId }: { runId: string }) {
  const project = useProject();
  const { data, error, refetch } = useQuery(runQuery(project.id, runId));
  if (error instanceof ApiError && error.status === 404) {
    return <Gone what="The run" backHref={`/${project.id}/runs`} backLabel="All runs" />;
  }
  if (!data) {
    if (error) return <QueryError title="The run could not be read" error={error} onRetry={() => void refetch()} />;
    return <SkeletonRows label="Loading the run" />;
  }
  return <Loaded run={data} projectId={project.id} projectName={project.name} />;
}

function Loaded({ run, projectId, projectName }: { run: RunDetail; projectId: string; projectName: string }) {
  const [node, setNode] = useUrlState("step");
  const step = run.steps.find((candidate) => candidate.node === node);
  return (
    <>
      <PageHeader
        crumbs={[
          { label: projectName, href: `/${projectId}` },
          { label: "Runs", href: `/${projectId}/runs` },
        ]}
        title={
          <span className="break-all font-medium font-mono text-base">
            {run.id}
            <CopyButton text={run.id} what="the run id" className="ml-1 align-middle" />
          </span>
        }
        badge={
          <StateBadge
            state={run.state}
            {...(run.cancelRequested && run.state !== "canceled" && run.finishedAt === null && { note: "Canceling" })}
          />
        }
        actions={<RunActions run={run} />}
      />
      <RunFacts run={run} projectId={projectId} />
      <div
        data-wide
        className="grid grid-cols-1 items-start gap-6 min-[100rem]:grid-cols-[minmax(0,7fr)_minmax(0,6fr)] min-[100rem]:gap-4"
      >
        <RunShape run={run} selected={step?.node ?? null} onSelect={(next) => setNode(next ?? "")} />
        <div className="min-w-0 min-[100rem]:sticky min-[100rem]:top-7">
          {step ? (
            <StepPanel key={step.node} run={run} step={step} onClose={() => setNode("")} />
          ) : (
            <RunPanel run={run} onSelect={setNode} />
          )}
        </div>
      </div>
    </>
  );
}

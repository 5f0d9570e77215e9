"use client";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, PencilRuler, Play, Rocket, TriangleAlert } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useMay, useProject } from "@/components/projects/use-project";
import { Gone } from "@/components/query/gone";
import { QueryError } from "@/components/query/query-error";
import { Button, buttonClass } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemList, summarizeProblems } from "@/components/ui/problem-list";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { useUrlState } from "@/components/ui/use-url-state";
import { ApiError } from "@/lib/http/client";
import type { WorkflowDetail } from "@/lib/workflows/contract";
import { anyMethod } from "@/lib/workflows/definition/any-method";
import { Endpoint } from "./endpoint";
import { workflowQuery } from "./queries";
import { StepList } from "./step-list";
import { TagList } from "./tag-list";
import { VersionList } from "./version-list";
import { WorkflowMenu } from "./workflow-menu";
import { WorkflowStateBadge } from "./workflow-state";

const CallIt = dynamic(() => import("./call-it").then((module) => module.CallIt));
const RunList = dynamic(() => import("@/components/runs/run-list").then((module) => module.RunList));
const EventList = dynamic(() => import("@/components/triggers/event-list").then((module) => module.EventList));
const DeployDialog = dynamic(() => import("./deploy-dialog").then((module) => module.DeployDialog));
const RunDialog = dynamic(() => import("./run-dialog").then((module) => module.RunDialog));

/** Where calls go to the trigger's own process. */
function servedBy({ endpoint }: WorkflowDetail): { url: string } | null {
  return endpoint?.method === anyMethod ? endpoint : null;
}

export function WorkflowPage({ workflowId }: { workflowId: string }) {
  const project = useProject();
  const { data, error, refetch } = useQuery(workflowQuery(project.id, workflowId));
  if (error instanceof ApiError && error.status === 404) {
    return <Gone what={data?.name ?? "The workflow"} backHref={`/${project.id}`} backLabel="All workflows" />;
  }
  if (!data) {
    if (error)
      return <QueryError title="The workflow could not be read" error={error} onRetry={() => void refetch()} />;
    return <SkeletonRows label="Loading the workflow" />;
  }
  return <Loaded workflow={data} projectId={project.id} projectName={project.name} />;
}

const tabs = ["steps", "call", "runs", "events", "versions"] as const;
type TabName = (typeof tabs)[number];

function Loaded({
  workflow,
  projectId,
  projectName,
}: {
  workflow: WorkflowDetail;
  projectId: string;
  projectName: string;
}) {
  const [tabText, setTab] = useUrlState("tab");
  const tab: TabName = tabs.find((name) => name === tabText) ?? "steps";
  return (
    <>
      <PageHeader
        crumbs={[{ label: projectName, href: `/${projectId}` }]}
        title={workflow.name}
        badge={<WorkflowStateBadge workflow={workflow} />}
        meta={
          <div className="flex flex-col gap-1">
            <Endpoint workflow={workflow} formUrl={workflow.live?.formUrl} />
            {workflow.description && <p className="max-w-2xl text-ink-soft text-sm">{workflow.description}</p>}
            <TagList projectId={projectId} tags={workflow.tags} />
          </div>
        }
        actions={<WorkflowActions workflow={workflow} projectId={projectId} />}
      />
      {workflow.problems.length > 0 && <Problems workflow={workflow} />}
      <Tabs
        label="Workflow"
        value={tab}
        onChange={(next) => setTab(next === "steps" ? "" : next)}
        tabs={[
          {
            value: "steps",
            label: "Steps",
            count: workflow.definition.nodes.length,
            content: <StepList definition={workflow.definition} />,
          },
          { value: "call", label: "Call it", content: <CallIt live={workflow.live} serves={servedBy(workflow)} /> },
          { value: "runs", label: "Runs", content: <RunList filter={{ workflow: workflow.id }} hidesWorkflow /> },
          { value: "events", label: "Events", content: <EventList workflow={workflow} /> },
          {
            value: "versions",
            label: "Versions",
            count: workflow.versions.length,
            content: <VersionList workflow={workflow} />,
          },
        ]}
      />
    </>
  );
}

function WorkflowActions({ workflow, projectId }: { workflow: WorkflowDetail; projectId: string }) {
  const router = useRouter();
  const mayRun = useMay("runs.start");
  const mayEdit = useMay("workflows.edit");
  const mayDeploy = useMay("workflows.deploy");
  const [isRunning, setRunning] = useState(false);
  const [asked, setAsked] = useUrlState("do");
  const wanted = asked === "deploy" ? "draft" : asked === "rollback" ? "earlier" : null;
  return (
    <>
      <Link href={`/${projectId}/workflows/${workflow.id}/studio`} className={buttonClass()}>
        <PencilRuler size={14} aria-hidden="true" />
        {mayEdit ? "Edit in studio" : "Open in studio"}
      </Link>
      {mayRun && workflow.live && (
        <Button icon={<Play size={14} />} onClick={() => setRunning(true)}>
          Run now
        </Button>
      )}
      {mayDeploy && (
        <Button
          look="primary"
          icon={<Rocket size={14} />}
          disabled={!workflow.valid}
          onClick={() => setAsked("deploy")}
        >
          {workflow.state === "live" ? "Deploy the draft" : "Deploy"}
        </Button>
      )}
      <WorkflowMenu
        workflow={workflow}
        hidesDeploy
        onDeleted={() => router.push(`/${projectId}`)}
        trigger={
          <Button aria-label="More actions">
            More
            <ChevronDown size={14} />
          </Button>
        }
      />
      {wanted && mayDeploy && <DeployDialog workflow={workflow} wanted={wanted} isOpen onClose={() => setAsked("")} />}
      {isRunning && workflow.live && (
        <RunDialog workflow={workflow} live={workflow.live} isOpen onClose={() => setRunning(false)} />
      )}
    </>
  );
}

function Problems({ workflow }: { workflow: WorkflowDetail }) {
  return (
    <section
      aria-label="Problems of the draft"
      className="rounded-lg border border-warning-line bg-surface shadow-card"
    >
      <p className="flex items-center gap-2 border-line border-b px-4 py-2.5 font-medium text-sm">
        <TriangleAlert size={15} className="text-warning" aria-hidden="true" />
        <span>
          {summarizeProblems(workflow.problems)} in the draft
          {!workflow.valid && <span className="font-normal text-ink-soft">: it cannot be deployed yet</span>}
        </span>
      </p>
      <div className="max-h-80 overflow-y-auto">
        <ProblemList problems={workflow.problems} label="Problems" />
      </div>
    </section>
  );
}

"use client";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { FileUp, Plus, SearchX, Sparkles, Workflow } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useMemo } from "react";
import { ProjectLinks } from "@/components/projects/project-links";
import { useMay, useProject } from "@/components/projects/use-project";
import { activityQuery } from "@/components/runs/queries";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { useUrlState } from "@/components/ui/use-url-state";
import type { WorkflowResource } from "@/lib/workflows/contract";
import { filterWorkflows } from "./filter-workflows";
import { workflowsQuery } from "./queries";
import { useWorkflowFilter, WorkflowFilters } from "./workflow-filters";
import { WorkflowColumns, WorkflowRow } from "./workflow-row";

const Checklist = dynamic(() => import("@/components/first-steps/checklist").then((module) => module.Checklist));
const NewWorkflowDialog = dynamic(() => import("./new-workflow-dialog").then((module) => module.NewWorkflowDialog));
const ImportDialog = dynamic(() => import("./import-dialog").then((module) => module.ImportDialog));

/** The project's dashboard. */
export function WorkflowsPage() {
  const project = useProject();
  const { items } = useSuspenseQuery(workflowsQuery(project.id)).data;
  const mayEdit = useMay("workflows.edit");
  const hasRun = useQuery(activityQuery(project.id)).data?.items.some((item) => item.lastRun !== null);
  const [opened, setOpened] = useUrlState("new");
  const close = () => setOpened("");
  const verbs = mayEdit && (
    <>
      <Button icon={<FileUp size={15} />} onClick={() => setOpened("import")}>
        Import workflow
      </Button>
      <Button look="primary" icon={<Plus size={15} />} onClick={() => setOpened("workflow")}>
        New workflow
      </Button>
    </>
  );
  return (
    <>
      <PageHeader title={project.name} meta={<ProjectLinks />} actions={items.length > 0 && verbs} />
      {items.length === 0 ? (
        <EmptyState
          icon={<Workflow size={22} />}
          title="No workflows yet"
          action={
            mayEdit && (
              <>
                <Link href={`/${project.id}/start`} className={buttonClass()}>
                  <Sparkles size={15} aria-hidden="true" />
                  Begin with an example
                </Link>
                {verbs}
              </>
            )
          }
        >
          A workflow links actions of the library into one call: a trigger starts it, each step hands its outputs on,
          and what it answers is yours to choose.
        </EmptyState>
      ) : (
        <>
          {mayEdit && hasRun === false && <Checklist workflows={items} />}
          <WorkflowList projectId={project.id} workflows={items} />
        </>
      )}
      {opened === "workflow" && <NewWorkflowDialog isOpen onClose={close} />}
      {opened === "import" && <ImportDialog isOpen onClose={close} />}
    </>
  );
}

function WorkflowList({ projectId, workflows }: { projectId: string; workflows: WorkflowResource[] }) {
  const activity = useQuery(activityQuery(projectId)).data;
  const filter = useWorkflowFilter();
  const { search, state, trigger, tag } = filter;
  const found = useMemo(
    () => filterWorkflows(workflows, { search, state, trigger, tag }),
    [workflows, search, state, trigger, tag],
  );
  const activityOf = useMemo(() => new Map(activity?.items.map((item) => [item.workflow, item])), [activity]);
  return (
    <section aria-label="Workflows" className="flex flex-col gap-3">
      <WorkflowFilters workflows={workflows} filter={filter} />
      {found.length === 0 ? (
        <EmptyState
          icon={<SearchX size={22} />}
          title="No workflow matches"
          action={
            <Button onClick={() => filter.set({ search: "", state: "", trigger: "", tag: "" })}>
              Show all workflows
            </Button>
          }
        />
      ) : (
        <div className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
          <WorkflowColumns />
          <ul className="divide-y divide-line">
            {found.map((workflow) => (
              <WorkflowRow
                key={workflow.id}
                projectId={projectId}
                workflow={workflow}
                activity={activityOf.get(workflow.id)}
              />
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

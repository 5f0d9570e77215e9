"use client";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { FileUp, Plus, SearchX, Workflow } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useMemo } from "react";
import { ProjectLinks } from "@/components/projects/project-links";
import { useMay, useProject } from "@/components/projects/use-project";
import { activityQuery } from "@/components/runs/queries";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import { useUrlState } from "@/components/ui/use-url-state";
import type { WorkflowResource } from "@/lib/workflows/contract";
import { countByState, filterWorkflows } from "./filter-workflows";
import { workflowsQuery } from "./queries";
import { WorkflowRow } from "./workflow-row";
import { type ShownState, workflowStateLooks } from "./workflow-state";

const NewWorkflowDialog = dynamic(() => import("./new-workflow-dialog").then((module) => module.NewWorkflowDialog));
const ImportDialog = dynamic(() => import("./import-dialog").then((module) => module.ImportDialog));

const states = Object.keys(workflowStateLooks) as ShownState[];

/** The project's dashboard. */
export function WorkflowsPage() {
  const project = useProject();
  const { items } = useSuspenseQuery(workflowsQuery(project.id)).data;
  const mayEdit = useMay("workflows.edit");
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
          action={<div className="flex flex-wrap justify-center gap-2">{verbs}</div>}
        >
          A workflow links actions of the library into one call: a trigger starts it, each step hands its outputs on,
          and what it answers is yours to choose.{" "}
          {mayEdit && (
            <Link href={`/${project.id}/start`} className="font-medium text-accent hover:underline">
              Begin with an example
            </Link>
          )}
        </EmptyState>
      ) : (
        <WorkflowList projectId={project.id} workflows={items} />
      )}
      {opened === "workflow" && <NewWorkflowDialog isOpen onClose={close} />}
      {opened === "import" && <ImportDialog isOpen onClose={close} />}
    </>
  );
}

function WorkflowList({ projectId, workflows }: { projectId: string; workflows: WorkflowResource[] }) {
  const activity = useQuery(activityQuery(projectId)).data;
  const [search, setSearch] = useUrlState("q");
  const [stateText, setState] = useUrlState("state");
  const state = states.find((candidate) => candidate === stateText) ?? "";
  const found = useMemo(() => filterWorkflows(workflows, { search, state }), [workflows, search, state]);
  const counts = useMemo(() => countByState(workflows), [workflows]);
  const activityOf = useMemo(() => new Map(activity?.items.map((item) => [item.workflow, item])), [activity]);
  return (
    <section aria-label="Workflows" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <SearchField
          label="Search workflows"
          value={search}
          onChange={setSearch}
          className="min-w-48 flex-1 sm:max-w-72"
        />
        <Segmented
          label="State"
          value={state}
          onChange={setState}
          options={[
            { value: "" as ShownState | "", label: `All ${workflows.length}` },
            ...states.map((value) => ({ value, label: `${workflowStateLooks[value].label} ${counts[value]}` })),
          ]}
        />
      </div>
      {found.length === 0 ? (
        <EmptyState
          icon={<SearchX size={22} />}
          title="No workflow matches"
          action={
            <Button
              onClick={() => {
                setSearch("");
                setState("");
              }}
            >
              Show all workflows
            </Button>
          }
        />
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
          {found.map((workflow) => (
            <WorkflowRow
              key={workflow.id}
              projectId={projectId}
              workflow={workflow}
              activity={activityOf.get(workflow.id)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

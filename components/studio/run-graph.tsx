"use client";
import { useQuery } from "@tanstack/react-query";
import { ReactFlowProvider } from "@xyflow/react";
import { useEffect, useMemo, useState } from "react";
import { actionsQuery } from "@/components/library/queries";
import { useProjectId } from "@/components/projects/use-project";
import { QueryError } from "@/components/query/query-error";
import { runDefinitionQuery } from "@/components/runs/queries";
import { cn } from "@/components/ui/cn";
import { SkeletonRows } from "@/components/ui/skeleton";
import { workflowQuery } from "@/components/workflows/queries";
import type { RunDetail } from "@/lib/runs/contract";
import type { WorkflowDetail } from "@/lib/workflows/contract";
import type { Definition } from "@/lib/workflows/definition/schema";
import { FlowCanvas } from "./canvas/flow-canvas";
import { type Catalog, catalogOf } from "./catalog";
import { Editor } from "./editor";
import { type Studio, StudioProvider } from "./use-studio";

/** More than these need more room to be told apart. */
const fewSteps = 12;

interface RunGraphProps {
  run: RunDetail;
  selected: string | null;
  onSelect: (node: string | null) => void;
}

/** The workflow as it was when it ran, coloured by how its steps went. Nothing of it can be changed. */
export function RunGraph(props: RunGraphProps) {
  const { run } = props;
  const projectId = useProjectId();
  const version = useQuery(runDefinitionQuery(projectId, run.id));
  const library = useQuery(actionsQuery(projectId));
  const workflow = useQuery(workflowQuery(projectId, run.workflow.id));
  const catalog = useMemo(() => library.data && catalogOf(library.data.items), [library.data]);
  const error = version.error ?? library.error ?? workflow.error;
  if (version.data && catalog && workflow.data) {
    return <Graph {...props} definition={version.data.definition} catalog={catalog} workflow={workflow.data} />;
  }
  if (!error) return <SkeletonRows label="Loading the graph" />;
  const retry = () => void Promise.all([version.refetch(), library.refetch(), workflow.refetch()]);
  return <QueryError title="The graph could not be read" error={error} onRetry={retry} />;
}

function Graph({
  run,
  selected,
  onSelect,
  definition,
  catalog,
  workflow,
}: RunGraphProps & { definition: Definition; catalog: Catalog; workflow: WorkflowDetail }) {
  const projectId = useProjectId();
  const [editor] = useState(() => new Editor(definition));
  useEffect(() => editor.select(selected ? [selected] : []), [editor, selected]);
  useEffect(
    () =>
      editor.subscribe(() => {
        const [chosen] = editor.read().selection;
        const isStep = run.steps.some((step) => step.node === chosen);
        const next = chosen && isStep ? chosen : null;
        if (next !== selected) onSelect(next);
      }),
    [editor, run, selected, onSelect],
  );
  const studio: Studio = useMemo(
    () => ({
      projectId,
      editor,
      workflow,
      catalog,
      variables: [],
      problems: [],
      canEdit: false,
      run,
      isRunShown: true,
      showRun: () => {},
    }),
    [projectId, editor, workflow, catalog, run],
  );
  return (
    <div
      className={cn(
        "overflow-hidden rounded-lg border border-line bg-surface shadow-card",
        definition.nodes.length > fewSteps ? "h-[max(24rem,60dvh)]" : "h-96",
      )}
    >
      <StudioProvider studio={studio}>
        <ReactFlowProvider>
          <FlowCanvas />
        </ReactFlowProvider>
      </StudioProvider>
    </div>
  );
}

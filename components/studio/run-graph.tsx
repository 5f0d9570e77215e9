"use client";
import { useQuery } from "@tanstack/react-query";
import { ReactFlowProvider } from "@xyflow/react";
import { useEffect, useMemo, useState } from "react";
import { actionsQuery } from "@/components/library/queries";
import { useProjectId } from "@/components/projects/use-project";
import { QueryError } from "@/components/query/query-error";
import { GraphPlace } from "@/components/runs/graph-place";
import { runDefinitionQuery } from "@/components/runs/queries";
import { workflowQuery } from "@/components/workflows/queries";
import type { RunDetail } from "@/lib/runs/contract";
import type { WorkflowDetail } from "@/lib/workflows/contract";
import type { Definition } from "@/lib/workflows/definition/schema";
import { FlowCanvas } from "./canvas/flow-canvas";
import { type Catalog, catalogOf } from "./catalog";
import { layoutOf } from "./definition-to-flow";
import { Editor } from "./editor";
import { nodeSize } from "./layout";
import { type Studio, StudioProvider } from "./use-studio";

/** Of more than these, nobody sees all at once, and their layout is not worth making twice. */
const manySteps = 100;
const margin = 48;

/** The height that a graph needs for all of its width, as a part of that. */
function shapeOfGraph(definition: Definition, catalog: Catalog): number {
  if (definition.nodes.length > manySteps) return 1;
  const places = [...layoutOf(definition, catalog).places.values()];
  const extent = (values: number[]) => Math.max(...values) - Math.min(...values) + 2 * margin;
  const width = extent(places.map(({ x }) => x)) + nodeSize.width;
  return (extent(places.map(({ y }) => y)) + nodeSize.height) / width;
}

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
  if (!error) return <GraphPlace />;
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
  const [heightShare] = useState(() => shapeOfGraph(definition, catalog));
  return (
    <div
      style={{ aspectRatio: 1 / heightShare }}
      className="max-h-[max(24rem,60dvh)] min-h-64 w-full overflow-hidden rounded-lg border border-line bg-surface shadow-card"
    >
      <StudioProvider studio={studio}>
        <ReactFlowProvider>
          <FlowCanvas isInPage />
        </ReactFlowProvider>
      </StudioProvider>
    </div>
  );
}

"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { ReactFlowProvider } from "@xyflow/react";
import { useMemo, useState } from "react";
import { actionsQuery } from "@/components/library/queries";
import { useProjectId } from "@/components/projects/use-project";
import type { WorkflowDetail } from "@/lib/workflows/contract";
import { StudioBar } from "./bar/studio-bar";
import { FlowCanvas } from "./canvas/flow-canvas";
import { catalogOf } from "./catalog";
import { Editor } from "./editor";
import { type Studio, StudioProvider } from "./use-studio";

export function StudioScreen({ workflow }: { workflow: WorkflowDetail }) {
  const projectId = useProjectId();
  const { items } = useSuspenseQuery(actionsQuery(projectId)).data;
  const catalog = useMemo(() => catalogOf(items), [items]);
  const [editor] = useState(() => new Editor(workflow.definition));
  const studio: Studio = useMemo(
    () => ({
      projectId,
      editor,
      workflow,
      catalog,
      variables: [],
      problems: workflow.problems,
      run: undefined,
      canEdit: false,
    }),
    [projectId, editor, workflow, catalog],
  );
  return (
    <StudioProvider studio={studio}>
      <ReactFlowProvider>
        <div data-fullscreen className="flex h-dvh flex-col">
          <StudioBar />
          <div className="relative min-h-0 flex-1">
            <FlowCanvas />
          </div>
        </div>
      </ReactFlowProvider>
    </StudioProvider>
  );
}

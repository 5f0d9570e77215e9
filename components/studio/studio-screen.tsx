"use client";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { ReactFlowProvider } from "@xyflow/react";
import { useMemo, useState } from "react";
import { actionsQuery } from "@/components/library/queries";
import { useMay, useProjectId } from "@/components/projects/use-project";
import { variablesQuery } from "@/components/settings/queries";
import type { WorkflowDetail } from "@/lib/workflows/contract";
import { ConflictNotice } from "./bar/conflict-notice";
import { StudioBar } from "./bar/studio-bar";
import { EmptyHint } from "./canvas/empty-hint";
import { FlowCanvas } from "./canvas/flow-canvas";
import { RunStrip } from "./canvas/run-strip";
import { catalogOf } from "./catalog";
import { Editor } from "./editor";
import { Inspector } from "./inspector/inspector";
import { LibraryPanel } from "./library/library-panel";
import type { Autosave } from "./saving/autosave";
import { useAutosave } from "./saving/use-autosave";
import { useShortcuts } from "./use-shortcuts";
import { useShownRun } from "./use-shown-run";
import { type Studio, StudioProvider, useStudio } from "./use-studio";
import { useWide } from "./use-wide";

export function StudioScreen({ workflow }: { workflow: WorkflowDetail }) {
  const projectId = useProjectId();
  const { items } = useSuspenseQuery(actionsQuery(projectId)).data;
  const variables = useQuery({ ...variablesQuery(projectId), enabled: useMay("variables.view") }).data?.items;
  const catalog = useMemo(() => catalogOf(items), [items]);
  const [editor] = useState(() => new Editor(workflow.definition));
  const mayEdit = useMay("workflows.edit");
  const canEdit = useWide() && mayEdit;
  const autosave = useAutosave({ projectId, workflow, editor, catalog, mayEdit });
  const { run, isRunShown, showRun } = useShownRun(projectId, workflow.id);
  const studio: Studio = useMemo(
    () => ({
      projectId,
      editor,
      workflow,
      catalog,
      variables: variables ?? [],
      problems: workflow.problems,
      canEdit,
      run,
      isRunShown,
      showRun,
    }),
    [projectId, editor, workflow, catalog, variables, canEdit, run, isRunShown, showRun],
  );
  return (
    <StudioProvider studio={studio}>
      <ReactFlowProvider>
        <Frame autosave={autosave} />
      </ReactFlowProvider>
    </StudioProvider>
  );
}

function Frame({ autosave }: { autosave: Autosave }) {
  const { canEdit } = useStudio();
  useShortcuts();
  return (
    <div data-fullscreen className="flex h-dvh flex-col">
      <StudioBar autosave={autosave} />
      <ConflictNotice autosave={autosave} />
      <div className="flex min-h-0 flex-1 flex-col md:flex-row">
        {canEdit && <LibraryPanel />}
        <div className="relative min-h-0 min-w-0 flex-1">
          <FlowCanvas>
            <RunStrip />
          </FlowCanvas>
          <EmptyHint />
        </div>
        <Inspector />
      </div>
    </div>
  );
}

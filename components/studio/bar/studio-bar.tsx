import { useReactFlow } from "@xyflow/react";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useMay } from "@/components/projects/use-project";
import { WorkflowStateBadge } from "@/components/workflows/workflow-state";
import type { Issue } from "@/lib/errors";
import { problemCodes } from "@/lib/workflows/definition/problems";
import type { Autosave } from "../saving/autosave";
import { useStudio } from "../use-studio";
import { Deploy } from "./deploy";
import { VersionHistory } from "./history";
import { ProblemsMenu } from "./problems-menu";
import { SaveState } from "./save-state";
import { TestRun } from "./test-run";
import { Title } from "./title";

/** A path that another workflow answers keeps a draft from going live, and not from being tried out. */
function canRun(problems: Issue[]): boolean {
  return problems.every(({ severity, code }) => severity === "warning" || code === problemCodes.endpointClash);
}

/** Where one is, how the draft is doing, and what can be done with it. */
export function StudioBar({ autosave }: { autosave: Autosave }) {
  const { projectId, workflow, problems, canEdit } = useStudio();
  const mayDeploy = useMay("workflows.deploy");
  const { fitView } = useReactFlow();
  return (
    <header className="nokey flex h-13 shrink-0 items-center gap-3 border-line border-b bg-surface px-3">
      <Link
        href={`/${projectId}/workflows/${workflow.id}`}
        aria-label="Leave the studio"
        title="Leave the studio"
        className="flex size-8 shrink-0 items-center justify-center rounded-md text-ink-faint hover:bg-hover hover:text-ink"
      >
        <ArrowLeft size={17} />
      </Link>
      <Title />
      <span className="hidden sm:block">
        <WorkflowStateBadge workflow={workflow} />
      </span>
      {canEdit ? (
        <SaveState autosave={autosave} />
      ) : (
        <span className="whitespace-nowrap text-ink-faint text-xs">View only</span>
      )}
      <span className="ml-auto flex items-center gap-2.5">
        <ProblemsMenu
          onReveal={(node) => void fitView({ nodes: [{ id: node }], duration: 200, maxZoom: 1, padding: 2 })}
        />
        <VersionHistory />
        {canEdit && <TestRun autosave={autosave} isDisabled={!canRun(problems)} />}
        {canEdit && mayDeploy && <Deploy autosave={autosave} isDisabled={!workflow.valid} />}
      </span>
    </header>
  );
}

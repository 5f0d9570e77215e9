import { useQuery } from "@tanstack/react-query";
import { History as HistoryIcon } from "lucide-react";
import { useMemo, useState } from "react";
import { useMay } from "@/components/projects/use-project";
import { projectKey } from "@/components/query/keys";
import { QueryError } from "@/components/query/query-error";
import { Button, IconButton } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { SkeletonRows } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time";
import { showToast } from "@/components/ui/toast-store";
import { StepChanges } from "@/components/workflows/change-list";
import { DeployDialog } from "@/components/workflows/deploy-dialog";
import { callApi } from "@/lib/http/client";
import type { WorkflowVersion } from "@/lib/workflows/contract";
import { compareDefinitions } from "@/lib/workflows/definition/compare";
import { showWorkflowVersionOperation } from "@/lib/workflows/operations";
import { useEditor, useStudio } from "../use-studio";

/** What was published, how it differs from the draft, and the ways back to it. */
export function VersionHistory() {
  const { workflow } = useStudio();
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState<number | null>(null);
  const [asked, setAsked] = useState<number | null>(null);
  const number = chosen ?? workflow.versions[0]?.number;
  return (
    <>
      <span className="hidden md:block">
        <IconButton label="Version history" disabled={workflow.versions.length === 0} onClick={() => setOpen(true)}>
          <HistoryIcon size={16} />
        </IconButton>
      </span>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} size="lg" title="Version history">
        <div className="grid min-h-72 gap-5 sm:grid-cols-[12rem_minmax(0,1fr)]">
          <ul
            aria-label="Versions"
            className="flex max-h-96 flex-col gap-0.5 overflow-y-auto sm:border-line sm:border-r sm:pr-3"
          >
            {workflow.versions.map((version) => (
              <li key={version.number}>
                <button
                  type="button"
                  aria-pressed={version.number === number}
                  onClick={() => setChosen(version.number)}
                  className="flex w-full items-center gap-2 rounded-md px-2.5 py-1.5 text-left text-sm hover:bg-hover aria-pressed:bg-hover aria-pressed:font-medium"
                >
                  v{version.number}
                  {version.live && <span className="text-completed text-xs">live</span>}
                  <RelativeTime at={version.createdAt} className="ml-auto font-normal text-ink-faint text-xs" />
                </button>
              </li>
            ))}
          </ul>
          {number !== undefined && (
            <Version
              key={number}
              number={number}
              onRestored={() => setOpen(false)}
              onDeploy={() => {
                setOpen(false);
                setAsked(number);
              }}
            />
          )}
        </div>
      </Dialog>
      {asked !== null && <DeployDialog workflow={workflow} wanted={asked} isOpen onClose={() => setAsked(null)} />}
    </>
  );
}

interface WaysBack {
  onRestored: () => void;
  /** It is to be live again. */
  onDeploy: () => void;
}

function Version({ number, ...waysBack }: WaysBack & { number: number }) {
  const { projectId, workflow } = useStudio();
  const { data, error, refetch } = useQuery({
    queryKey: projectKey(projectId, "workflows", "version", workflow.id, number),
    queryFn: ({ signal }) =>
      callApi(
        showWorkflowVersionOperation,
        { params: { project: projectId, workflow: workflow.id, version: number } },
        { signal },
      ),
  });
  if (data) return <Difference version={data} {...waysBack} />;
  if (error) return <QueryError title="The version could not be read" error={error} onRetry={() => void refetch()} />;
  return <SkeletonRows label="Reading the version" />;
}

function Difference({ version, onRestored, onDeploy }: WaysBack & { version: WorkflowVersion }) {
  const { workflow, editor, canEdit } = useStudio();
  const mayDeploy = useMay("workflows.deploy");
  const isLive = workflow.versions.some(({ number, live }) => live && number === version.number);
  const canGoLive = mayDeploy && !isLive;
  const draft = useEditor((view) => view.definition);
  const changes = useMemo(() => compareDefinitions(draft, version.definition), [draft, version]);
  const isSame = changes.steps.length === 0 && !changes.results;
  const canRestore = canEdit && !isSame;
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-medium text-sm">
        {isSame ? `The draft is the same as v${version.number}` : `What restoring v${version.number} does to the draft`}
      </h3>
      {!isSame && <StepChanges steps={changes.steps} results={changes.results} />}
      {(canRestore || canGoLive) && (
        <DialogActions>
          {canRestore && (
            <Button
              look="primary"
              onClick={() => {
                editor.edit(() => version.definition);
                showToast({
                  tone: "success",
                  title: `The draft is v${version.number} again`,
                  detail: "What is live stays as it is.",
                  action: { label: "Undo", run: () => editor.undo() },
                });
                onRestored();
              }}
            >
              Restore v{version.number}
            </Button>
          )}
          {canGoLive && <Button onClick={onDeploy}>Make v{version.number} live</Button>}
        </DialogActions>
      )}
    </section>
  );
}

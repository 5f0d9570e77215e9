"use client";
import { Rocket } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useMay, useProjectId } from "@/components/projects/use-project";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/time";
import type { WorkflowDetail } from "@/lib/workflows/contract";

const DeployDialog = dynamic(() => import("./deploy-dialog").then((module) => module.DeployDialog));

/** What was published, newest first; each can be made live again. */
export function VersionList({ workflow }: { workflow: WorkflowDetail }) {
  const projectId = useProjectId();
  const mayDeploy = useMay("workflows.deploy");
  const [asked, setAsked] = useState<number | null>(null);
  if (workflow.versions.length === 0) {
    return (
      <EmptyState icon={<Rocket size={22} />} title="No versions yet">
        Each deployment of a changed draft makes one; they never change.
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface shadow-card">
        {workflow.versions.map((version) => (
          <li key={version.number} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            <span className="tabular font-medium">v{version.number}</span>
            {version.live && (
              <span className="rounded-full bg-completed/12 px-2 py-0.5 font-medium text-completed text-xs">Live</span>
            )}
            <RelativeTime at={version.createdAt} className="text-ink-faint text-sm" />
            <span className="ml-auto flex gap-2">
              <a
                href={`/api/v1/projects/${projectId}/workflows/${workflow.id}/export?version=${version.number}`}
                download
                aria-label={`Export version ${version.number}`}
                className={buttonClass({ look: "quiet", size: "sm" })}
              >
                Export
              </a>
              {mayDeploy && !version.live && (
                <Button size="sm" icon={<Rocket size={13} />} onClick={() => setAsked(version.number)}>
                  Make v{version.number} live
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {asked !== null && <DeployDialog workflow={workflow} wanted={asked} isOpen onClose={() => setAsked(null)} />}
    </>
  );
}

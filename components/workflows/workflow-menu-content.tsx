"use client";
import { CircleStop, CopyPlus, Download, PencilLine, Rocket, Trash2, Undo2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useMay, useProjectId } from "@/components/projects/use-project";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { AboutDialog } from "./about-dialog";
import { DeployDialog } from "./deploy-dialog";
import { hasEarlierVersion } from "./has-earlier-version";
import { StopDialog } from "./stop-dialog";
import { useWorkflowVerbs } from "./use-workflow-verbs";
import type { WorkflowMenuProps } from "./workflow-menu";

/** Opens as soon as it is there: it is loaded when it is asked for. */
export default function WorkflowMenuContent({
  workflow,
  hidesDeploy = false,
  onDeleted,
  trigger,
}: WorkflowMenuProps & { trigger: ReactNode }) {
  const projectId = useProjectId();
  const mayDeploy = useMay("workflows.deploy");
  const mayEdit = useMay("workflows.edit");
  const { clone, remove } = useWorkflowVerbs();
  const [asking, setAsking] = useState<"about" | "deploy" | "rollback" | "stop" | "delete" | null>(null);
  const isLive = workflow.state === "live";
  const close = () => setAsking(null);
  return (
    <>
      <Menu startsOpen trigger={trigger}>
        {mayDeploy && (
          <>
            {!hidesDeploy && (
              <MenuItem icon={<Rocket size={15} />} disabled={!workflow.valid} onSelect={() => setAsking("deploy")}>
                {isLive ? "Deploy the draft…" : "Deploy…"}
              </MenuItem>
            )}
            <MenuItem
              icon={<Undo2 size={15} />}
              disabled={!hasEarlierVersion(workflow)}
              onSelect={() => setAsking("rollback")}
            >
              {isLive ? "Roll back…" : "Deploy the last version…"}
            </MenuItem>
            <MenuItem icon={<CircleStop size={15} />} disabled={!isLive} onSelect={() => setAsking("stop")}>
              Stop…
            </MenuItem>
            <MenuSeparator />
          </>
        )}
        {mayEdit && (
          <>
            <MenuItem icon={<PencilLine size={15} />} onSelect={() => setAsking("about")}>
              Name and tags…
            </MenuItem>
            <MenuItem icon={<CopyPlus size={15} />} onSelect={() => clone.mutate(workflow)}>
              Clone
            </MenuItem>
          </>
        )}
        <MenuItem asChild icon={<Download size={15} />}>
          <a href={`/api/v1/projects/${projectId}/workflows/${workflow.id}/export`} download>
            <Download size={15} />
            Export
          </a>
        </MenuItem>
        {mayEdit && (
          <MenuItem icon={<Trash2 size={15} />} isDanger disabled={isLive} onSelect={() => setAsking("delete")}>
            {isLive ? "Delete (stop it first)" : "Delete…"}
          </MenuItem>
        )}
      </Menu>
      <AboutDialog workflow={workflow} isOpen={asking === "about"} onClose={close} />
      <DeployDialog workflow={workflow} isOpen={asking === "deploy"} onClose={close} />
      <DeployDialog workflow={workflow} wanted="earlier" isOpen={asking === "rollback"} onClose={close} />
      <StopDialog workflow={workflow} isOpen={asking === "stop"} onClose={close} />
      <ConfirmDialog
        isOpen={asking === "delete"}
        onClose={close}
        title={`Delete ${workflow.name}?`}
        verb="Delete workflow"
        nameToType={workflow.name}
        isBusy={remove.isPending}
        error={remove.error?.message}
        onConfirm={() =>
          remove.mutate(workflow, {
            onSuccess: () => {
              close();
              onDeleted?.();
            },
          })
        }
      >
        Its versions, its runs, their logs and their result links are deleted with it. This cannot be undone.
      </ConfirmDialog>
    </>
  );
}

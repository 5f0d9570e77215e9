"use client";
import { Ellipsis } from "lucide-react";
import { type ComponentProps, lazy, type ReactElement } from "react";
import { IconButton } from "@/components/ui/button";
import { MenuOnDemand } from "@/components/ui/menu-on-demand";
import type { WorkflowResource } from "@/lib/workflows/contract";

const load = () => import("./workflow-menu-content");
const Content = lazy(load);

export interface WorkflowMenuProps {
  workflow: WorkflowResource;
  hidesDeploy?: boolean;
  onDeleted?: () => void;
}

/** Everything that can be done to a workflow, as far as the reader may. */
export function WorkflowMenu({
  trigger,
  ...props
}: WorkflowMenuProps & { trigger?: ReactElement<ComponentProps<"button">> }) {
  const button = trigger ?? (
    <IconButton label={`Actions for ${props.workflow.name}`} className="relative">
      <Ellipsis size={16} />
    </IconButton>
  );
  return (
    <MenuOnDemand trigger={button} preload={() => void load()}>
      {(opened) => <Content {...props} trigger={opened} />}
    </MenuOnDemand>
  );
}

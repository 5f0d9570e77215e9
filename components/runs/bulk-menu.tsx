"use client";
import { Ellipsis } from "lucide-react";
import { lazy } from "react";
import { useMay } from "@/components/projects/use-project";
import { IconButton } from "@/components/ui/button";
import { MenuOnDemand } from "@/components/ui/menu-on-demand";
import type { RunFilter } from "@/lib/runs/contract";

const load = () => import("./bulk-menu-content");
const Content = lazy(load);

export function BulkMenu({ filter }: { filter: RunFilter }) {
  const mayCancel = useMay("runs.cancel");
  if (!mayCancel) return null;
  const button = (
    <IconButton label="For all of these runs">
      <Ellipsis size={16} />
    </IconButton>
  );
  return (
    <MenuOnDemand trigger={button} preload={() => void load()}>
      {(trigger) => <Content filter={filter} trigger={trigger} />}
    </MenuOnDemand>
  );
}

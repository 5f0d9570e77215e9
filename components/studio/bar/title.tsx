import { PencilLine } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/button";
import { AboutDialog } from "@/components/workflows/about-dialog";
import { useStudio } from "../use-studio";

/** The workflow's name, which can be changed with its description and its tags. */
export function Title() {
  const { workflow, canEdit } = useStudio();
  const [isRenaming, setRenaming] = useState(false);
  return (
    <span className="flex min-w-0 items-center gap-1">
      <h1 dir="auto" title={workflow.name} className="min-w-0 truncate font-semibold text-base">
        {workflow.name}
      </h1>
      {canEdit && (
        <IconButton label="Rename the workflow" size="sm" onClick={() => setRenaming(true)}>
          <PencilLine size={13} />
        </IconButton>
      )}
      <AboutDialog workflow={workflow} isOpen={isRenaming} onClose={() => setRenaming(false)} />
    </span>
  );
}

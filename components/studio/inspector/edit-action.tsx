import { Code } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useMay } from "@/components/projects/use-project";
import { Button } from "@/components/ui/button";
import type { ActionVersionResource } from "@/lib/actions/contract";
import type { WorkflowNode } from "@/lib/workflows/definition/schema";
import { changeVersion } from "../edits/nodes";
import { useStudio } from "../use-studio";

const EditorWindow = dynamic(() =>
  import("@/components/action-editor/editor-window").then((module) => module.EditorWindow),
);

/** Opens the code of the step's action; what is saved is what the step runs from then on. */
export function EditAction({ node, action }: { node: WorkflowNode; action: ActionVersionResource }) {
  const { editor, canEdit } = useStudio();
  const mayManage = useMay("actions.manage");
  const [isOpen, setOpen] = useState(false);
  if (!canEdit || !mayManage || action.source === "builtin") return null;
  return (
    <>
      <Button size="sm" icon={<Code size={14} />} onClick={() => setOpen(true)} className="w-fit">
        Edit its code
      </Button>
      {isOpen && (
        <EditorWindow
          action={{ id: action.id, version: action.version }}
          onClose={() => setOpen(false)}
          onSaved={(next) => {
            setOpen(false);
            editor.edit((definition) => changeVersion(definition, node.id, next));
          }}
        />
      )}
    </>
  );
}

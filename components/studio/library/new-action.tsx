import { Code } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { usePlaceWhenBuilt } from "./use-place-when-built";

const EditorWindow = dynamic(() =>
  import("@/components/action-editor/editor-window").then((module) => module.EditorWindow),
);

/** Writes an action that nobody has yet, and puts it into the workflow. */
export function NewActionButton() {
  const [isOpen, setOpen] = useState(false);
  const { placeWhenBuilt } = usePlaceWhenBuilt();
  return (
    <>
      <Button size="sm" icon={<Code size={14} />} onClick={() => setOpen(true)}>
        Write an action
      </Button>
      {isOpen && (
        <EditorWindow
          action={null}
          onClose={() => setOpen(false)}
          onSaved={(action) => {
            setOpen(false);
            placeWhenBuilt(action);
          }}
        />
      )}
    </>
  );
}

import { Maximize2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";

const CodeField = dynamic(() => import("@/components/action-editor/code-field").then((module) => module.CodeField));

/** Room for what is too long for the inspector: the same text in an editor, in a window. */
export function TextWindow({
  title,
  text,
  isJson,
  disabled,
  onChange,
}: {
  title: string;
  text: string;
  isJson: boolean;
  disabled: boolean;
  onChange: (text: string) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        look="quiet"
        icon={<Maximize2 size={12} />}
        className="self-end"
        aria-label={`Open ${title} in an editor`}
        onClick={() => setOpen(true)}
      >
        Open in an editor
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} size="lg" title={title}>
        <div className="h-[52dvh] min-h-64 overflow-hidden rounded-lg border border-line">
          <CodeField
            path={isJson ? `${title}.json` : title}
            text={text}
            problems={noProblems}
            isReadOnly={disabled}
            onChange={onChange}
          />
        </div>
        <DialogActions>
          <Button look="primary" onClick={() => setOpen(false)}>
            Done
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}

const noProblems: [] = [];

import { Check, CloudOff, LoaderCircle, TriangleAlert } from "lucide-react";
import { type ReactNode, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import type { Autosave, SaveStatus } from "../saving/autosave";

const looks: Record<SaveStatus["kind"], { icon: ReactNode; text: string }> = {
  saved: { icon: <Check size={14} className="text-completed" />, text: "Saved" },
  waiting: { icon: <LoaderCircle size={14} />, text: "Editing …" },
  saving: { icon: <LoaderCircle size={14} className="animate-turn" />, text: "Saving …" },
  failed: { icon: <CloudOff size={14} className="text-danger" />, text: "Not saved" },
  conflict: { icon: <TriangleAlert size={14} className="text-warning" />, text: "Not saved" },
};

/** Whether the server has what is on the screen. */
export function SaveState({ autosave }: { autosave: Autosave }) {
  const status = useSyncExternalStore(autosave.subscribe, autosave.status, autosave.status);
  const { icon, text } = looks[status.kind];
  return (
    <span className="flex min-w-0 items-center gap-2 text-ink-soft text-xs">
      <span role="status" aria-label="Saved state" className="flex items-center gap-1.5 whitespace-nowrap">
        <span aria-hidden="true">{icon}</span>
        {text}
      </span>
      {status.kind === "failed" && (
        <>
          <span className="hidden max-w-64 truncate text-danger lg:inline" title={status.message}>
            {status.message}
          </span>
          <Button size="sm" onClick={() => void autosave.flush()}>
            Try again
          </Button>
        </>
      )}
    </span>
  );
}

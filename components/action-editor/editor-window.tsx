"use client";
import { Dialog } from "radix-ui";
import type { ActionVersionResource } from "@/lib/actions/contract";
import { ExistingAction } from "./existing-action";
import { NewAction } from "./new-action";

/** The editor over whatever is on the screen, which stays as it is. */
export function EditorWindow({
  action,
  onSaved,
  onClose,
}: {
  /** Null for a new one. */
  action: { id: string; version: string } | null;
  onSaved: (action: ActionVersionResource) => void;
  onClose: () => void;
}) {
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          // Escape belongs to the code: it closes what its editor has opened.
          onEscapeKeyDown={(event) => event.preventDefault()}
          className="fixed inset-0 z-40 animate-fade bg-canvas outline-none"
        >
          <Dialog.Title className="sr-only">{action ? `Edit ${action.id}` : "New action"}</Dialog.Title>
          {action ? (
            <ExistingAction action={action} onSaved={onSaved} onClose={onClose} />
          ) : (
            <NewAction onSaved={onSaved} onClose={onClose} />
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

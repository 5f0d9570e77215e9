"use client";
import { useState } from "react";
import { useProjectId } from "@/components/projects/use-project";
import { ErrorPanel } from "@/components/ui/error-panel";
import { Spinner } from "@/components/ui/spinner";
import { ActionEditor, type ActionEditorProps } from "./action-editor";
import type { Draft } from "./draft";
import { useBegun } from "./use-begun";

export function ExistingAction({
  action,
  ...props
}: Pick<ActionEditorProps, "onSaved" | "onClose"> & { action: { id: string; version: string } }) {
  const { begun, taken, error } = useBegun(useProjectId(), action);
  if (error) return <ErrorPanel title="The action's files could not be read" message={error.message} />;
  if (!begun) {
    return (
      <p role="status" className="flex h-full items-center justify-center gap-2.5 text-ink-faint text-sm">
        <Spinner />
        Reading its files …
      </p>
    );
  }
  return <Begun begun={begun} taken={taken} {...props} />;
}

/** The library may change meanwhile; what is being written does not. */
function Begun({ begun, ...props }: Omit<ActionEditorProps, "isNew"> & { begun: Draft }) {
  const [first] = useState(begun);
  return <ActionEditor begun={first} isNew={false} {...props} />;
}

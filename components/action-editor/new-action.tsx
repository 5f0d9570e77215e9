"use client";
import { ActionEditor, type ActionEditorProps } from "./action-editor";
import { templates } from "./templates";

export function NewAction(props: Pick<ActionEditorProps, "onSaved" | "onClose">) {
  return <ActionEditor begun={templates.python} isNew taken={[]} {...props} />;
}

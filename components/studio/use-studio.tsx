"use client";
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import type { Issue } from "@/lib/errors";
import type { IoType } from "@/lib/values/types";
import type { WorkflowDetail } from "@/lib/workflows/contract";
import type { Catalog } from "./catalog";
import type { Editor, EditorView } from "./editor";
import type { ShownRun } from "./use-shown-run";

/** What every part of the studio can ask for. */
export interface Studio extends ShownRun {
  projectId: string;
  editor: Editor;
  workflow: WorkflowDetail;
  catalog: Catalog;
  variables: { name: string; type: IoType }[];
  problems: Issue[];
  /** Whether the reader may edit, and has the room for it. */
  canEdit: boolean;
}

const StudioContext = createContext<Studio | null>(null);

export const StudioProvider = ({ studio, children }: { studio: Studio; children: ReactNode }) => (
  <StudioContext value={studio}>{children}</StudioContext>
);

export function useStudio(): Studio {
  const studio = useContext(StudioContext);
  if (!studio) throw new Error("useStudio needs a StudioProvider above it");
  return studio;
}

/** A piece of the editor's state; what it picks must stay the same object as long as it means the same. */
export function useEditor<Piece>(pick: (view: EditorView) => Piece): Piece {
  const { editor } = useStudio();
  return useSyncExternalStore(
    editor.subscribe,
    () => pick(editor.read()),
    () => pick(editor.read()),
  );
}

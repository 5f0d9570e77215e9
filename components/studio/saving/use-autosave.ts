import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { goToSignIn } from "@/components/session/go-to-sign-in";
import { showToast } from "@/components/ui/toast-store";
import { workflowQuery } from "@/components/workflows/queries";
import { ApiError, callApi, UnreachableError } from "@/lib/http/client";
import { isSameJson } from "@/lib/values/same";
import type { WorkflowDetail } from "@/lib/workflows/contract";
import { updateWorkflowOperation } from "@/lib/workflows/operations";
import type { Catalog } from "../catalog";
import type { Editor } from "../editor";
import { Autosave, type SaveFailure } from "./autosave";
import { takeUpSeals, withoutPasswords } from "./passwords";
import { UnsavedEdits } from "./unsaved";

/** Browsers send no more than this for a page that is being left. */
const maxLeavingBytes = 60_000;

function judgeFailure(error: unknown): SaveFailure {
  if (error instanceof UnreachableError) return { kind: "failed", message: error.message, isPassing: true };
  if (!(error instanceof ApiError)) throw error;
  if (error.code === "conflict") return { kind: "conflict" };
  // What is unsaved is kept by the browser and is here again after signing in.
  if (error.status === 401) goToSignIn();
  const isPassing = error.status >= 500 || error.status === 429;
  return { kind: "failed", message: error.issues[0]?.message ?? error.message, isPassing };
}

/** Saves what is edited, and takes up what others save. */
export function useAutosave({
  projectId,
  workflow,
  editor,
  catalog,
  mayEdit,
}: {
  projectId: string;
  workflow: WorkflowDetail;
  editor: Editor;
  catalog: Catalog;
  mayEdit: boolean;
}): Autosave {
  const client = useQueryClient();
  const [unsaved] = useState(() => new UnsavedEdits(workflow.id));
  const [autosave] = useState(() => {
    const params = { project: projectId, workflow: workflow.id };
    const { queryKey } = workflowQuery(projectId, workflow.id);
    return new Autosave(workflow, {
      save: async (definition, revision, isLeaving) => {
        const body = { definition, revision };
        const keepalive = isLeaving && JSON.stringify(body).length < maxLeavingBytes;
        const detail = await callApi(updateWorkflowOperation, { params, body }, { keepalive });
        client.setQueryData(queryKey, detail);
        return detail;
      },
      judgeFailure,
      keep: (edits) => unsaved.keep(edits && { ...edits, definition: withoutPasswords(edits.definition, catalog) }),
      saved: (answer, sent) => editor.correct((present) => takeUpSeals(present, sent, answer.definition)),
      adopt: ({ definition }) => {
        editor.replace(definition);
        showToast({
          tone: "plain",
          title: "Somebody else has changed this workflow",
          detail: "You see their draft now.",
        });
      },
    });
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was kept is held against the draft that the page came with
  useEffect(() => {
    if (!mayEdit) return;
    editor.onEdit = (definition) => autosave.edited(definition);
    takeUpUnsaved(unsaved, autosave, editor, workflow);
    const leaving = () => {
      if (document.visibilityState === "hidden") void autosave.flush(true);
    };
    document.addEventListener("visibilitychange", leaving);
    return () => {
      document.removeEventListener("visibilitychange", leaving);
      editor.onEdit = () => {};
      void autosave.flush(true);
      autosave.stop();
    };
  }, [autosave, editor, unsaved, mayEdit]);

  useEffect(() => autosave.hear(workflow), [autosave, workflow]);
  return autosave;
}

function takeUpUnsaved(unsaved: UnsavedEdits, autosave: Autosave, editor: Editor, workflow: WorkflowDetail): void {
  const found = unsaved.find();
  if (!found) return;
  if (isSameJson(found.definition, workflow.definition)) return unsaved.keep(null);
  if (found.revision === workflow.revision) {
    editor.edit(() => found.definition);
    showToast({ tone: "plain", title: "Edits that were not saved are here again", detail: "Undo takes them back." });
    return;
  }
  editor.correct(() => found.definition);
  autosave.startsInConflict(found);
}

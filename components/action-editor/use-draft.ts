import { useMemo, useState } from "react";
import { metadataFileName, readMetadata } from "@/lib/actions/metadata";
import type { Issue } from "@/lib/errors";
import { type Draft, editFile, metadataOf } from "./draft";
import { type MetadataForm, readForm } from "./metadata-form";

export interface DraftView {
  draft: Draft;
  /** Null while the metadata is not YAML. */
  form: MetadataForm | null;
  /** What is wrong with the metadata, as it is typed. */
  metadataProblems: Issue[];
  isChanged: boolean;
  edit: (path: string, text: string) => void;
  editMetadata: (change: (yaml: string) => string) => void;
  replace: (draft: Draft) => void;
  /** What is there now is what was saved. */
  saved: () => void;
}

/** The package under work; its files are the only state, and the form is read from them. */
export function useDraft(begun: Draft): DraftView {
  const [draft, setDraft] = useState(begun);
  const [kept, setKept] = useState(begun);
  const yaml = metadataOf(draft);
  const form = useMemo(() => readForm(yaml), [yaml]);
  const metadataProblems = useMemo(() => readMetadata(yaml).problems, [yaml]);
  return {
    draft,
    form,
    metadataProblems,
    isChanged: draft !== kept,
    edit: (path, text) => setDraft((before) => editFile(before, path, text)),
    editMetadata: (change) => setDraft((before) => editFile(before, metadataFileName, change(metadataOf(before)))),
    replace: (next) => {
      setDraft(next);
      setKept(next);
    },
    saved: () => setKept(draft),
  };
}

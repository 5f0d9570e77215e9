"use client";
import { indentWithTab } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { json } from "@codemirror/lang-json";
import { python } from "@codemirror/lang-python";
import { yaml } from "@codemirror/lang-yaml";
import { indentUnit } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { basicSetup } from "codemirror";
import { useEffect, useRef } from "react";
import type { Issue } from "@/lib/errors";
import { codeTheme } from "./code-theme";

function languageOf(path: string): Extension {
  if (path.endsWith(".py")) return [python(), indentUnit.of("    ")];
  if (/\.[cm]?js$/.test(path)) return javascript();
  if (path.endsWith(".json")) return json();
  return /\.ya?ml$/.test(path) ? yaml() : [];
}

function diagnosticsOf(state: EditorState, problems: Issue[]): Diagnostic[] {
  return problems.flatMap(({ line, message, severity }): Diagnostic[] => {
    if (line === undefined) return [];
    const { from, to } = state.doc.line(Math.min(Math.max(1, line), state.doc.lines));
    return [{ from, to, message, severity: severity ?? "error" }];
  });
}

/** One file as code. It is made anew for another path; what others make of the text is taken over. */
export function CodeField({
  path,
  text,
  problems,
  isReadOnly,
  onChange,
}: {
  path: string;
  text: string;
  /** Those of this file. */
  problems: Issue[];
  isReadOnly: boolean;
  onChange: (text: string) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const changed = useRef(onChange);
  const first = useRef(text);
  useEffect(() => {
    changed.current = onChange;
    first.current = text;
  });
  useEffect(() => {
    if (!place.current) return;
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          basicSetup,
          // Escape, then Tab, leaves the field: what the editor's own keys for this are made for.
          keymap.of([indentWithTab]),
          lintGutter(),
          codeTheme,
          languageOf(path),
          EditorState.readOnly.of(isReadOnly),
          EditorView.contentAttributes.of({ "aria-label": path }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
  }, [path, isReadOnly]);
  useEffect(() => {
    const state = view.current?.state;
    if (state && state.doc.toString() !== text)
      view.current?.dispatch({ changes: { from: 0, to: state.doc.length, insert: text } });
  }, [text]);
  useEffect(() => {
    const made = view.current;
    if (made && path) made.dispatch(setDiagnostics(made.state, diagnosticsOf(made.state, problems)));
  }, [problems, path]);
  return <div ref={place} className="h-full min-h-0 overflow-hidden" />;
}

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** The product's own colours, which follow light and dark by themselves. */
const look = EditorView.theme({
  "&": { height: "100%", fontSize: "0.8125rem", color: "var(--color-ink)", backgroundColor: "var(--color-surface)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--color-ink)", padding: "10px 0" },
  ".cm-cursor": { borderLeftColor: "var(--color-ink)" },
  ".cm-gutters": { color: "var(--color-ink-faint)", backgroundColor: "var(--color-surface)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "color-mix(in oklab, var(--color-accent) 6%, transparent)",
  },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in oklab, var(--color-accent) 22%, transparent)",
  },
  ".cm-panels, .cm-tooltip": {
    color: "var(--color-ink)",
    backgroundColor: "var(--color-raised)",
    border: "1px solid var(--color-line)",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    color: "var(--color-on-accent)",
    background: "var(--color-accent)",
  },
  ".cm-diagnostic": { fontFamily: "var(--font-sans)", fontSize: "0.75rem" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--color-danger)" },
});

const colors = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.bool, tags.null], color: "var(--color-running)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--color-completed)" },
  { tag: tags.number, color: "var(--color-canceled)" },
  { tag: tags.comment, color: "var(--color-ink-faint)", fontStyle: "italic" },
  { tag: [tags.definition(tags.variableName), tags.function(tags.variableName)], color: "var(--color-accent)" },
  { tag: [tags.propertyName, tags.typeName, tags.className], color: "var(--color-accent)" },
  { tag: tags.invalid, color: "var(--color-danger)" },
]);

export const codeTheme: Extension = [look, syntaxHighlighting(colors)];

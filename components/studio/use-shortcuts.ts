import { useEffect } from "react";
import { showToast } from "@/components/ui/toast-store";
import { copyNodes, duplicateNodes, pasteNodes, readClip } from "./edits/clipboard";
import { removeNodes } from "./edits/nodes";
import { useStudio } from "./use-studio";

/** Typing, and what belongs to a window above the studio, is not a shortcut. */
function isTaken(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest("input, textarea, select, [contenteditable=true], [role=dialog], [role=menu]") !== null;
}

/** Undo, copy and the like, as everywhere. */
export function useShortcuts(): void {
  const { editor, catalog, canEdit } = useStudio();
  useEffect(() => {
    if (!canEdit) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTaken(event.target)) return;
      const isCommand = event.metaKey || event.ctrlKey;
      const key = event.key.toLowerCase();
      const does: Record<string, () => void> = isCommand
        ? {
            z: () => (event.shiftKey ? editor.redo() : editor.undo()),
            y: () => editor.redo(),
            d: () => {
              const made = duplicateNodes(editor.definition, catalog, editor.read().selection);
              editor.edit(() => made.definition);
              if (made.ids.length > 0) editor.select(made.ids);
            },
            a: () => editor.select(editor.definition.nodes.map((node) => node.id)),
          }
        : { "/": () => document.getElementById("studio-library-search")?.focus() };
      const run = does[key];
      if (!run) return;
      event.preventDefault();
      run();
    };
    const onCopy = (event: ClipboardEvent, isCut: boolean) => {
      if (isTaken(event.target) || document.getSelection()?.toString()) return;
      const { selection } = editor.read();
      const clip = copyNodes(editor.definition, catalog, selection);
      if (!clip) return;
      event.preventDefault();
      event.clipboardData?.setData("text/plain", JSON.stringify(clip));
      if (isCut)
        editor.edit((d) =>
          removeNodes(
            d,
            clip.nodes.map((node) => node.id),
          ),
        );
    };
    const copy = (event: ClipboardEvent) => onCopy(event, false);
    const cut = (event: ClipboardEvent) => onCopy(event, true);
    const paste = (event: ClipboardEvent) => {
      if (isTaken(event.target)) return;
      const clip = readClip(event.clipboardData?.getData("text/plain") ?? "");
      if (!clip) return;
      event.preventDefault();
      const pasted = pasteNodes(editor.definition, clip);
      editor.edit(() => pasted.definition);
      editor.select(pasted.ids);
      if (pasted.ids.length > 1) showToast({ tone: "plain", title: `${pasted.ids.length} steps pasted` });
    };
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("copy", copy);
    document.addEventListener("cut", cut);
    document.addEventListener("paste", paste);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("copy", copy);
      document.removeEventListener("cut", cut);
      document.removeEventListener("paste", paste);
    };
  }, [editor, catalog, canEdit]);
}

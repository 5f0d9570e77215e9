import { Copy, Trash2, X } from "lucide-react";
import { type RefObject, useEffect, useRef } from "react";
import { IconButton } from "@/components/ui/button";
import { Tabs } from "@/components/ui/tabs";
import type { WorkflowNode } from "@/lib/workflows/definition/schema";
import { isTriggerNode, titleOf } from "../catalog";
import type { InspectorTab } from "../editor";
import { duplicateNodes } from "../edits/clipboard";
import { removeNodes } from "../edits/nodes";
import { useEditor, useStudio } from "../use-studio";
import { ActionTab } from "./action-tab";
import { Configure } from "./configure";
import { LastRun } from "./last-run";
import { Results } from "./results";

/** What can be known and changed of what is selected. */
export function Inspector() {
  const { editor, catalog } = useStudio();
  const selection = useEditor((view) => view.selection);
  const [only] = selection;
  const node = useEditor((view) => view.definition.nodes.find((candidate) => candidate.id === only));
  const panel = useRef<HTMLElement>(null);
  useShownField(panel);
  if (selection.length === 0) return null;
  const title = selection.length > 1 ? `${selection.length} selected` : node ? titleOf(catalog, node) : "Answer";
  return (
    <aside
      ref={panel}
      aria-label="Inspector"
      // A key that is pressed here is not meant for the canvas.
      className="nokey flex h-[58%] shrink-0 flex-col border-line border-t bg-surface md:h-auto md:w-88 md:border-t-0 md:border-l"
    >
      <header className="flex items-center gap-1 px-4 pt-3 pb-1">
        <h2 dir="auto" className="min-w-0 flex-1 truncate text-left font-semibold">
          {title}
        </h2>
        <SelectionVerbs />
        <IconButton label="Close the inspector" onClick={() => editor.select([])}>
          <X size={16} />
        </IconButton>
      </header>
      {selection.length === 1 && (node ? <NodeTabs key={node.id} node={node} /> : <AnswerTabs />)}
      {selection.length > 1 && <Selected />}
    </aside>
  );
}

function SelectionVerbs() {
  const { editor, catalog, canEdit } = useStudio();
  const selection = useEditor((view) => view.selection);
  const definition = useEditor((view) => view.definition);
  const chosen = definition.nodes.filter((node) => selection.includes(node.id));
  if (!canEdit || chosen.length === 0) return null;
  const canCopy = chosen.some((node) => !isTriggerNode(catalog, node));
  return (
    <>
      {canCopy && (
        <IconButton
          label="Duplicate"
          onClick={() => {
            const made = duplicateNodes(editor.definition, catalog, selection);
            editor.edit(() => made.definition);
            editor.select(made.ids);
          }}
        >
          <Copy size={15} />
        </IconButton>
      )}
      <IconButton label="Delete" onClick={() => editor.edit((d) => removeNodes(d, selection))}>
        <Trash2 size={15} />
      </IconButton>
    </>
  );
}

/** Which they are; pressing one leaves it alone. */
function Selected() {
  const { editor, catalog, canEdit } = useStudio();
  const selection = useEditor((view) => view.selection);
  const nodes = useEditor((view) => view.definition.nodes);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-2 pt-2 pb-6">
      <ul aria-label="Selected steps">
        {nodes
          .filter((node) => selection.includes(node.id))
          .map((node) => (
            <li key={node.id}>
              <button
                type="button"
                onClick={() => editor.select([node.id])}
                className="flex w-full items-baseline gap-2 rounded-md px-2 py-1.5 text-left text-sm hover:bg-hover"
              >
                <span className="min-w-0 flex-1 truncate">{titleOf(catalog, node)}</span>
                <code className="shrink-0 font-mono text-2xs text-ink-faint">{node.id}</code>
              </button>
            </li>
          ))}
      </ul>
      {canEdit && (
        <p className="px-2 pt-3 text-ink-faint text-xs">
          Drag one to move all. What is copied here can be pasted into another workflow.
        </p>
      )}
    </div>
  );
}

const scrolls = "min-h-0 flex-1 overflow-y-auto px-4 pb-6 pt-4";
const tabsClass = "flex min-h-0 flex-1 flex-col [&>[role=tablist]]:px-2";

function useTab(): [InspectorTab, (tab: InspectorTab) => void] {
  const { editor } = useStudio();
  return [useEditor((view) => view.tab), (tab) => editor.show(tab)];
}

function NodeTabs({ node }: { node: WorkflowNode }) {
  const [tab, show] = useTab();
  return (
    <Tabs
      label="Step"
      value={tab}
      onChange={show}
      className={tabsClass}
      contentClassName={scrolls}
      tabs={[
        { value: "configure", label: "Configure", content: <Configure node={node} /> },
        { value: "results", label: "Results", content: <Results /> },
        { value: "action", label: "Action", content: <ActionTab node={node} /> },
        { value: "run", label: "Last run", content: <LastRun nodeId={node.id} /> },
      ]}
    />
  );
}

function AnswerTabs() {
  const [tab, show] = useTab();
  return (
    <Tabs
      label="Answer"
      value={tab === "run" ? "run" : "results"}
      onChange={show}
      className={tabsClass}
      contentClassName={scrolls}
      tabs={[
        { value: "results", label: "Results", content: <Results /> },
        { value: "run", label: "Last run", content: <LastRun nodeId={null} /> },
      ]}
    />
  );
}

/** Puts the focus into the field that a problem has led to. */
function useShownField(panel: RefObject<HTMLElement | null>): void {
  const { editor } = useStudio();
  const field = useEditor((view) => view.field);
  const place = useEditor((view) => `${view.selection.join()} ${view.tab}`);
  useEffect(() => {
    if (!field || place.startsWith(" ")) return;
    const found = panel.current?.querySelector(`[data-field="${CSS.escape(field)}"]`);
    found?.scrollIntoView({ block: "center" });
    const control = found?.querySelector<HTMLElement>("input:not([type=radio]), select, textarea, button");
    control?.focus({ preventScroll: true });
    editor.fieldShown();
  }, [editor, panel, field, place]);
}

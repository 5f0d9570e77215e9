import { Plus, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { type ActionGroup, searchActions } from "@/components/library/group-actions";
import { useMay } from "@/components/projects/use-project";
import { cn } from "@/components/ui/cn";
import { controlClass } from "@/components/ui/field";
import { ActionIcon } from "../canvas/action-icon";
import { titleOf, triggerOf } from "../catalog";
import { useAddAction } from "../use-add-action";
import { useEditor, useStudio } from "../use-studio";
import { byCategory, type LibrarySection, triggers } from "./by-category";
import { CatalogueList, useCatalogue } from "./catalogue-list";
import { catalogueSections } from "./catalogue-sections";
import { writeDragged } from "./dragged";
import { NewActionButton } from "./new-action";
import { useTakeFromCatalogue } from "./use-take-from-catalogue";

/** What a workflow can be made of: searched, then clicked, pressed or dragged onto the canvas. */
export function LibraryPanel() {
  const { catalog } = useStudio();
  const [search, setSearch] = useState("");
  const insertAt = useEditor((view) => view.insertAt);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (insertAt) field.current?.focus();
  }, [insertAt]);
  const sections = useMemo(() => byCategory(searchActions(catalog.groups, search)), [catalog, search]);
  // What a workflow has one of already is seldom looked for.
  const hasTrigger = useEditor((view) => triggerOf(catalog, view.definition) !== undefined);
  const isLate = (section: LibrarySection) => hasTrigger && section.category === triggers;
  const mayManage = useMay("actions.manage");
  const entries = useCatalogue(mayManage);
  // Not in the list itself, which is gone once all that it offers is taken.
  const { take, pending } = useTakeFromCatalogue();
  const offered = useMemo(
    () => catalogueSections(entries ?? [], new Set(catalog.groups.map((group) => group.id)), search),
    [entries, catalog, search],
  );
  return (
    <aside aria-label="Library" className="nokey flex w-62 shrink-0 flex-col border-line border-r bg-surface">
      <div className="flex flex-col gap-2 p-3">
        <input
          ref={field}
          id="studio-library-search"
          type="search"
          aria-label="Search the library"
          placeholder="Add a step …"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className={cn(controlClass, "h-8.5")}
        />
        <Target />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
        {sections.length + offered.length === 0 && (
          <p className="px-2 py-6 text-center text-ink-faint text-sm">No action matches.</p>
        )}
        <Sections sections={sections.filter((section) => !isLate(section))} />
        {offered.length > 0 && <CatalogueList sections={offered} pending={pending} onTake={(id) => take(id)} />}
        <Sections sections={sections.filter(isLate)} />
      </div>
      {mayManage && (
        <div className="border-line border-t p-2.5 [&>button]:w-full">
          <NewActionButton />
        </div>
      )}
    </aside>
  );
}

function Sections({ sections }: { sections: LibrarySection[] }) {
  return sections.map(({ category, groups }) => (
    <section key={category} aria-label={category} className="mb-3">
      <h2 className="px-2 py-1 font-medium text-2xs text-ink-faint">{category}</h2>
      <ul>
        {groups.map((group) => (
          <li key={group.id}>
            <Entry group={group} />
          </li>
        ))}
      </ul>
    </section>
  ));
}

/** Where the next step goes, when somebody has said so on the canvas. */
function Target() {
  const { editor, catalog } = useStudio();
  const insertAt = useEditor((view) => view.insertAt);
  const nodes = useEditor((view) => view.definition.nodes);
  if (!insertAt) return null;
  const name = (id: string) => {
    const node = nodes.find((candidate) => candidate.id === id);
    return node ? titleOf(catalog, node) : id;
  };
  return (
    <p
      role="status"
      className="flex items-center gap-2 rounded-md bg-accent/10 py-1 pr-1 pl-2.5 text-accent text-xs [overflow-wrap:anywhere]"
    >
      <span className="min-w-0 flex-1">
        {"after" in insertAt
          ? `After “${name(insertAt.after)}”`
          : `Between “${name(insertAt.on.from)}” and “${name(insertAt.on.to)}”`}
      </span>
      <button
        type="button"
        aria-label="Add it elsewhere"
        onClick={() => editor.insertNext(null)}
        className="rounded-sm p-1 hover:bg-accent/15"
      >
        <X size={12} />
      </button>
    </p>
  );
}

function Entry({ group: { latest, versions } }: { group: ActionGroup }) {
  const add = useAddAction();
  // A version that can be run is offered before a newer one that cannot.
  const offered = versions.find((version) => version.state === "built") ?? latest;
  const isReady = offered.state === "built";
  return (
    <button
      type="button"
      disabled={!isReady}
      draggable={isReady}
      onDragStart={(event) => writeDragged(event.dataTransfer, offered)}
      onClick={() => add(offered)}
      title={offered.description || offered.id}
      className="group flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-left hover:bg-hover disabled:opacity-50"
    >
      <span
        className={cn(
          "flex size-7 shrink-0 items-center justify-center rounded-md",
          offered.kind === "trigger" ? "bg-accent/12 text-accent" : "bg-sunken text-ink-soft",
        )}
      >
        <ActionIcon about={[...offered.categories, offered.id, offered.name]} size={15} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm">{offered.name}</span>
        <span className="block truncate text-2xs text-ink-faint">
          {isReady
            ? offered.description || offered.id
            : offered.state === "failed"
              ? "Its build failed"
              : "Being built …"}
        </span>
      </span>
      <Plus
        size={14}
        aria-hidden="true"
        className="shrink-0 text-ink-faint opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
      />
    </button>
  );
}

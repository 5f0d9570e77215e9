import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { ActionLogo } from "@/components/library/action-logo";
import { catalogueQuery } from "@/components/library/queries";
import { Spinner } from "@/components/ui/spinner";
import type { CatalogueEntry } from "@/lib/catalogue/contract";
import type { CatalogueSection } from "./catalogue-sections";
import { writeDragged } from "./dragged";

/** What the catalogue has; null until it has been read. */
export function useCatalogue(isWanted: boolean): CatalogueEntry[] | null {
  return useQuery({ ...catalogueQuery(), enabled: isWanted }).data?.items ?? null;
}

/** Actions that come with Millrace and that the project has not got yet: one click or drag adds and places them. */
export function CatalogueList({
  sections,
  pending,
  onTake,
}: {
  sections: CatalogueSection[];
  /** The action that is on its way. */
  pending: string | null;
  onTake: (id: string) => void;
}) {
  return (
    <section aria-label="Catalogue" className="mt-1 border-line border-t pt-3">
      <h2 className="px-2 pb-1 font-medium text-2xs text-ink-soft">Catalogue</h2>
      {sections.map(({ category, entries }) => (
        <section key={category} aria-label={`Catalogue: ${category}`} className="mb-2">
          <h3 className="px-2 py-1 font-medium text-2xs text-ink-faint">{category}</h3>
          <ul>
            {entries.map((entry) => (
              <li key={entry.id}>
                <Entry entry={entry} isPending={pending === entry.id} onTake={() => onTake(entry.id)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

function Entry({ entry, isPending, onTake }: { entry: CatalogueEntry; isPending: boolean; onTake: () => void }) {
  return (
    <button
      type="button"
      draggable
      aria-busy={isPending}
      aria-label={`Add ${entry.name} from the catalogue`}
      onDragStart={(event) => writeDragged(event.dataTransfer, { ...entry, isOfCatalogue: true })}
      onClick={isPending ? undefined : onTake}
      title={entry.description}
      className="group flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-left hover:bg-hover"
    >
      <span className="flex size-7 shrink-0 items-center justify-center [&>img]:size-7 [&>img]:rounded-md">
        <ActionLogo id={entry.id} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm">{entry.name}</span>
        <span className="block truncate text-2xs text-ink-faint">
          {isPending ? "Being built …" : entry.description}
        </span>
      </span>
      {isPending ? (
        <Spinner />
      ) : (
        <Plus
          size={14}
          aria-hidden="true"
          className="shrink-0 text-ink-faint opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
        />
      )}
    </button>
  );
}

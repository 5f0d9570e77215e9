"use client";
import { useQuery } from "@tanstack/react-query";
import { Check, Plus } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useProjectId } from "@/components/projects/use-project";
import { QueryError } from "@/components/query/query-error";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SearchField } from "@/components/ui/search-field";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ActionVersionResource } from "@/lib/actions/contract";
import type { CatalogueEntry } from "@/lib/catalogue/contract";
import { addCatalogueEntryOperation } from "@/lib/catalogue/operations";
import { callApi } from "@/lib/http/client";
import { actionHref } from "./action-href";
import { ActionLogo } from "./action-logo";
import { BuildState } from "./build-state";
import { actionsQuery, catalogueQuery } from "./queries";
import { searchCatalogue } from "./search-catalogue";

export function CatalogueDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="lg"
      title="Catalogue"
      description="Actions that come with Millrace. What you add is built for this project, and is yours to delete."
    >
      <Catalogue onClose={onClose} />
    </Dialog>
  );
}

function Catalogue({ onClose }: { onClose: () => void }) {
  const projectId = useProjectId();
  const { data, error, refetch } = useQuery(catalogueQuery());
  const library = useQuery(actionsQuery(projectId)).data?.items ?? [];
  const [search, setSearch] = useState("");
  if (!data) {
    if (error) {
      return <QueryError title="The catalogue could not be read" error={error} onRetry={() => void refetch()} />;
    }
    return <SkeletonRows label="Loading the catalogue" />;
  }
  const found = searchCatalogue(data.items, search);
  return (
    <div className="flex min-h-0 flex-col gap-3">
      <SearchField label="Search the catalogue" value={search} onChange={setSearch} />
      {found.length === 0 && <p className="py-6 text-center text-ink-faint text-sm">No action matches.</p>}
      <ul aria-label="Catalogue" className="min-h-0 divide-y divide-line overflow-y-auto">
        {found.map((entry) => (
          <Entry
            key={entry.id}
            entry={entry}
            added={library.find(({ id, version }) => id === entry.id && version === entry.version)}
            projectId={projectId}
            onClose={onClose}
          />
        ))}
      </ul>
    </div>
  );
}

interface EntryProps {
  entry: CatalogueEntry;
  added: ActionVersionResource | undefined;
  projectId: string;
  onClose: () => void;
}

function Entry({ entry, added, projectId, onClose }: EntryProps) {
  const add = useVerb({
    projectId,
    failure: `${entry.name} could not be added`,
    run: () => callApi(addCatalogueEntryOperation, { params: { project: projectId, action: entry.id } }),
  });
  const shown = added ?? add.data;
  return (
    <li className="flex items-center gap-3.5 py-3 pr-1">
      <ActionLogo id={entry.id} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{entry.name}</span>
          <span className="text-ink-faint text-xs">
            {entry.categories.join(", ")}
            {entry.network.policy !== "off" && " · asks for the network, which you grant on its page"}
            {entry.folders && " · asks for folders of this server, which its operator grants"}
          </span>
        </p>
        <p className="text-ink-soft text-sm">{entry.description}</p>
      </div>
      {shown ? (
        <Link
          href={actionHref(projectId, shown)}
          onClick={onClose}
          aria-label={`${entry.name} is in the library`}
          className="flex shrink-0 items-center gap-1.5 rounded-md px-2 py-1 text-ink-soft text-xs hover:bg-hover hover:text-ink"
        >
          {shown.state === "built" ? (
            <>
              <Check size={14} aria-hidden="true" className="text-completed" /> In the library
            </>
          ) : (
            <BuildState state={shown.state} />
          )}
        </Link>
      ) : (
        <Button
          size="sm"
          icon={<Plus size={14} />}
          isBusy={add.isPending}
          aria-label={`Add ${entry.name}`}
          onClick={() => add.mutate(undefined)}
        >
          Add
        </Button>
      )}
    </li>
  );
}

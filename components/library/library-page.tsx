"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Code, LibraryBig, PackagePlus, SearchX } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useMemo, useState } from "react";
import { useMay, useProjectId } from "@/components/projects/use-project";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { RowLink } from "@/components/ui/row-link";
import { SearchField } from "@/components/ui/search-field";
import { RelativeTime } from "@/components/ui/time";
import { useUrlState } from "@/components/ui/use-url-state";
import { actionHref } from "./action-href";
import { BuildState } from "./build-state";
import { type ActionGroup, groupActions, isOwn, searchActions } from "./group-actions";
import { actionsQuery } from "./queries";

const CatalogueDialog = dynamic(() => import("./catalogue-dialog").then((module) => module.CatalogueDialog));
const UploadDialog = dynamic(() => import("./upload-dialog").then((module) => module.UploadDialog));

export function LibraryPage() {
  const projectId = useProjectId();
  const { items } = useSuspenseQuery(actionsQuery(projectId)).data;
  const mayManage = useMay("actions.manage");
  const [isUploading, setUploading] = useState(false);
  const [isChoosing, setChoosing] = useState(false);
  const [search, setSearch] = useUrlState("q");
  const groups = useMemo(() => groupActions(items), [items]);
  const found = useMemo(() => searchActions(groups, search), [groups, search]);
  const hasOwn = groups.some(isOwn);
  const addButtons = mayManage && (
    <>
      <Button icon={<LibraryBig size={15} />} onClick={() => setChoosing(true)}>
        Catalogue
      </Button>
      <Link href={`/${projectId}/library/new`} className={buttonClass()}>
        <Code size={15} aria-hidden="true" />
        New action
      </Link>
      <Button look="primary" icon={<PackagePlus size={15} />} onClick={() => setUploading(true)}>
        Add actions
      </Button>
    </>
  );
  return (
    <>
      <PageHeader
        title="Library"
        meta={<p className="text-ink-soft text-sm">The functions and triggers that workflows are made of.</p>}
        actions={hasOwn && addButtons}
      />
      {!hasOwn && (
        <EmptyState
          icon={<PackagePlus size={22} />}
          title="No actions of your own yet"
          action={<div className="flex flex-wrap justify-center gap-2">{addButtons}</div>}
          className="py-10"
        >
          An action is a Python or Node function with a file that names its inputs and outputs. The catalogue has some
          to begin with. From a terminal:{" "}
          <code className="whitespace-nowrap font-mono text-xs">millrace action push DIR</code>
        </EmptyState>
      )}
      <section aria-label="Actions" className="flex flex-col gap-3">
        <SearchField label="Search the library" value={search} onChange={setSearch} className="sm:max-w-72" />
        {found.length === 0 ? (
          <EmptyState
            icon={<SearchX size={22} />}
            title="No action matches"
            action={<Button onClick={() => setSearch("")}>Show all</Button>}
          />
        ) : (
          <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
            {found.map((group) => (
              <Group key={group.id} group={group} projectId={projectId} />
            ))}
          </ul>
        )}
      </section>
      {isChoosing && <CatalogueDialog onClose={() => setChoosing(false)} />}
      {isUploading && <UploadDialog isOpen onClose={() => setUploading(false)} />}
    </>
  );
}

function Group({ group, projectId }: { group: ActionGroup; projectId: string }) {
  const { latest, versions } = group;
  const older = versions.slice(1, 6);
  return (
    <li className="px-4 py-3">
      <div className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_8rem_7rem]">
        <div className="min-w-0">
          <RowLink
            href={actionHref(projectId, latest)}
            className="block truncate font-medium after:absolute after:inset-0"
          >
            {latest.name}
          </RowLink>
          <p className="truncate text-ink-faint text-xs">{latest.description || latest.id}</p>
        </div>
        <div className="hidden min-w-0 md:block">
          <p className="truncate font-mono text-xs">
            {latest.id}@{latest.version}
          </p>
          <p className="truncate text-ink-faint text-xs">
            {latest.kind} · {isOwn(group) ? latest.type : "Millrace"}
          </p>
        </div>
        <BuildState state={latest.state} />
        {isOwn(group) && (
          <RelativeTime
            at={latest.createdAt}
            className="relative hidden justify-self-end text-ink-faint text-xs md:block"
          />
        )}
      </div>
      {older.length > 0 && (
        <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
          <span className="text-ink-faint">Earlier</span>
          {older.map((version) => (
            <RowLink
              key={version.version}
              href={actionHref(projectId, version)}
              className="tabular rounded-sm text-ink-soft underline-offset-2 hover:text-ink hover:underline"
            >
              {version.version}
            </RowLink>
          ))}
          {versions.length > 6 && (
            <span className="text-ink-faint">{formatCount(versions.length - 6, "more", "more")}</span>
          )}
        </p>
      )}
    </li>
  );
}

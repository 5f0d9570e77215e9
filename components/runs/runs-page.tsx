"use client";
import { Play, SearchX } from "lucide-react";
import Link from "next/link";
import { useProjectId } from "@/components/projects/use-project";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { BulkMenu } from "./bulk-menu";
import { FilterBar } from "./filter-bar";
import { RunList } from "./run-list";
import { useRunFilter } from "./use-run-filter";

export function RunsPage() {
  const projectId = useProjectId();
  const filter = useRunFilter();
  return (
    <>
      <PageHeader title="Runs" actions={<BulkMenu filter={filter.filter} />} />
      <section aria-label="Runs" className="flex flex-col gap-3">
        <FilterBar filter={filter} />
        <RunList
          filter={filter.filter}
          empty={
            filter.isFiltered ? (
              <EmptyState
                icon={<SearchX size={22} />}
                title="No run matches"
                action={<Button onClick={filter.clear}>Show all runs</Button>}
              />
            ) : (
              <EmptyState
                icon={<Play size={22} />}
                title="No runs yet"
                action={
                  <Link href={`/${projectId}`} className={buttonClass({ look: "primary" })}>
                    To the workflows
                  </Link>
                }
              >
                Each call of a live workflow is a run. Deploy one and call it, and it shows up here as it happens.
              </EmptyState>
            )
          }
        />
      </section>
    </>
  );
}

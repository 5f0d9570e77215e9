"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import Link from "next/link";
import { useProjectId } from "@/components/projects/use-project";
import { QueryError } from "@/components/query/query-error";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { Segmented } from "@/components/ui/segmented";
import { SkeletonRows } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time";
import { useUrlState } from "@/components/ui/use-url-state";
import type { AuditEntry } from "@/lib/audit/contract";
import { auditAbouts, auditWords } from "./audit-words";
import { auditQuery } from "./queries";

export function AuditPage() {
  const projectId = useProjectId();
  const [text, setAbout] = useUrlState("about");
  const about = auditAbouts.find(({ value }) => value === text)?.value ?? "";
  const query = useInfiniteQuery(auditQuery(projectId, about));
  const entries = query.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <div className="flex">
        <Segmented label="About" value={about} onChange={setAbout} options={[...auditAbouts]} />
      </div>
      {!entries && query.error && (
        <QueryError title="The audit log could not be read" error={query.error} onRetry={() => void query.refetch()} />
      )}
      {!entries && !query.error && <SkeletonRows label="Loading the audit log" />}
      {entries?.length === 0 && (
        <EmptyState icon={<ScrollText size={22} />} title="Nothing of this kind yet">
          Whatever a member changes in the project is written down here, with who and when.
        </EmptyState>
      )}
      {entries && entries.length > 0 && (
        <Section title="Audit log" description="Who did what in this project.">
          <ul className="divide-y divide-line">
            {entries.map((entry) => (
              <EntryRow key={entry.id} entry={entry} projectId={projectId} />
            ))}
          </ul>
          {query.hasNextPage && (
            <div className="flex justify-center border-line border-t p-3">
              <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                Earlier entries
              </Button>
            </div>
          )}
        </Section>
      )}
    </>
  );
}

function placeOf(projectId: string, target: string): string | null {
  const [id = ""] = target.split(" ");
  if (id.startsWith("wf_")) return `/${projectId}/workflows/${id}`;
  return id.startsWith("WorkflowRun-") ? `/${projectId}/runs/${id}` : null;
}

function EntryRow({ entry, projectId }: { entry: AuditEntry; projectId: string }) {
  const href = placeOf(projectId, entry.target);
  const target = <code className="truncate font-mono text-ink-soft text-xs">{entry.target}</code>;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-0.5 px-5 py-2.5 text-sm xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_8rem]">
      <span className="min-w-0 xl:truncate">
        <span className="block truncate font-medium xl:inline">{entry.who}</span> {auditWords(entry.action)}
      </span>
      <span className="order-3 flex min-w-0 xl:order-none">
        {href ? (
          <Link
            href={href}
            className="min-w-0 truncate decoration-line-strong underline underline-offset-4 hover:decoration-ink"
          >
            {target}
          </Link>
        ) : (
          target
        )}
      </span>
      <RelativeTime at={entry.at} className="justify-self-end text-ink-faint text-xs" />
    </li>
  );
}

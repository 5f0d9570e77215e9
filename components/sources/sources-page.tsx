"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { GitBranch, Plus } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useMay, useProjectId } from "@/components/projects/use-project";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { RelativeTime } from "@/components/ui/time";
import type { SourceResource } from "@/lib/sources/contract";
import { countWords } from "./count-words";
import { sourcesQuery } from "./queries";
import { SourceDialog } from "./source-dialog";
import { SourceState } from "./source-state";

export function SourcesPage() {
  const projectId = useProjectId();
  const { items } = useSuspenseQuery(sourcesQuery(projectId)).data;
  const mayManage = useMay("actions.manage");
  const [isAdding, setAdding] = useState(false);
  const addButton = mayManage && (
    <Button look="primary" icon={<Plus size={15} />} onClick={() => setAdding(true)}>
      Add repository
    </Button>
  );
  return (
    <>
      {items.length === 0 ? (
        <EmptyState icon={<GitBranch size={22} />} title="No repositories yet" action={addButton}>
          A git repository that holds packages. It is scanned for them, and you pick those that go into the library.
        </EmptyState>
      ) : (
        <Section
          title="Library sources"
          description="Git repositories that are scanned for packages. Nothing is imported by itself."
          actions={addButton}
        >
          <ul className="divide-y divide-line">
            {items.map((item) => (
              <SourceRow key={item.id} item={item} projectId={projectId} />
            ))}
          </ul>
        </Section>
      )}
      <SourceDialog source={null} isOpen={isAdding} onClose={() => setAdding(false)} />
    </>
  );
}

function SourceRow({ item, projectId }: { item: SourceResource; projectId: string }) {
  const branch = item.branch ?? item.commit?.branch;
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-5 py-3 text-sm hover:bg-hover md:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)_8rem_8rem]">
      <div className="min-w-0">
        <Link
          href={`/${projectId}/settings/sources/${item.id}`}
          className="block truncate font-medium after:absolute after:inset-0"
        >
          {item.url}
        </Link>
        <p className="truncate text-ink-faint text-xs">
          {branch ?? "the default branch"}
          {item.commit && (
            <>
              {" at "}
              <code className="font-mono">{item.commit.id.slice(0, 10)}</code> {item.commit.subject}
            </>
          )}
        </p>
      </div>
      <span className="order-3 text-ink-soft text-xs md:order-none">{countWords(item)}</span>
      <span className="hidden text-ink-faint text-xs md:block">
        {item.scannedAt && <RelativeTime at={item.scannedAt} />}
      </span>
      <span className="justify-self-end">
        <SourceState state={item.state} />
      </span>
    </li>
  );
}

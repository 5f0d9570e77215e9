"use client";
import { useQuery } from "@tanstack/react-query";
import { Pencil, RefreshCw, Webhook } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useMay, useProjectId } from "@/components/projects/use-project";
import { Gone } from "@/components/query/gone";
import { QueryError } from "@/components/query/query-error";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorPanel } from "@/components/ui/error-panel";
import { Facts, Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time";
import { ApiError, callApi } from "@/lib/http/client";
import type { ResultOf } from "@/lib/http/contract";
import type { showSourceContract } from "@/lib/sources/contract";
import { scanSourceOperation } from "@/lib/sources/operations";
import { HookDialog } from "./hook-dialog";
import { PackagePicker } from "./package-picker";
import { sourceQuery } from "./queries";
import { RemoveSource } from "./remove-source";
import { SourceDialog } from "./source-dialog";
import { SourceState } from "./source-state";

type Source = ResultOf<typeof showSourceContract>;

export function SourcePage({ sourceId }: { sourceId: string }) {
  const projectId = useProjectId();
  const { data, error, refetch } = useQuery(sourceQuery(projectId, sourceId));
  if (error instanceof ApiError && error.status === 404)
    return (
      <Gone what="The repository" backHref={`/${projectId}/settings/sources`} backLabel="To the library sources" />
    );
  if (!data) {
    if (error)
      return <QueryError title="The repository could not be read" error={error} onRetry={() => void refetch()} />;
    return <SkeletonRows label="Loading the repository" />;
  }
  return <Loaded source={data} projectId={projectId} />;
}

const scheduleWords = { manual: "by hand", hourly: "every hour", daily: "every day" } as const;
const accessWords = { password: "user name and token", deploy_key: "deploy key" } as const;

function Loaded({ source, projectId }: { source: Source; projectId: string }) {
  const { commit, problem } = source;
  return (
    <>
      <Section
        title={<span className="break-all">{source.url}</span>}
        description={
          <Link href={`/${projectId}/settings/sources`} className="text-accent underline underline-offset-2">
            All library sources
          </Link>
        }
        actions={<Verbs source={source} projectId={projectId} />}
      >
        <div className="px-5 py-4">
          <Facts
            items={[
              { label: "State", value: <SourceState state={source.state} /> },
              { label: "Branch", value: source.branch ?? commit?.branch ?? "the default one" },
              {
                label: "Commit",
                value: commit ? (
                  <span className="flex items-center gap-1">
                    <code className="font-mono text-xs">{commit.id.slice(0, 10)}</code>
                    <CopyButton text={commit.id} what="the commit" />
                  </span>
                ) : (
                  "–"
                ),
              },
              { label: "Last scan", value: source.scannedAt ? <RelativeTime at={source.scannedAt} /> : "never" },
              { label: "Scanned", value: `${scheduleWords[source.schedule]}${source.hasHook ? ", by webhook" : ""}` },
              { label: "Access", value: source.credentials ? accessWords[source.credentials.kind] : "public" },
            ]}
          />
          {commit?.subject && <p className="mt-4 text-ink-soft text-sm">“{commit.subject}”</p>}
        </div>
      </Section>
      {problem && source.state === "failed" && <ErrorPanel title="The last scan could not be done" message={problem} />}
      {commit && <PackagePicker source={source} projectId={projectId} />}
    </>
  );
}

function Verbs({ source, projectId }: { source: Source; projectId: string }) {
  const mayManage = useMay("actions.manage");
  const [open, setOpen] = useState<"change" | "hook" | null>(null);
  const scan = useVerb({
    projectId,
    failure: "The scan could not be started",
    run: () => callApi(scanSourceOperation, { params: { project: projectId, source: source.id } }),
  });
  if (!mayManage) return null;
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        look="primary"
        icon={<RefreshCw size={14} />}
        isBusy={scan.isPending || source.state === "scanning"}
        onClick={() => scan.mutate(undefined)}
      >
        Scan
      </Button>
      <Button icon={<Pencil size={14} />} onClick={() => setOpen("change")}>
        Change
      </Button>
      <Button icon={<Webhook size={14} />} onClick={() => setOpen("hook")}>
        Webhook
      </Button>
      <RemoveSource source={source} projectId={projectId} />
      <SourceDialog source={source} isOpen={open === "change"} onClose={() => setOpen(null)} />
      <HookDialog source={source} projectId={projectId} isOpen={open === "hook"} onClose={() => setOpen(null)} />
    </div>
  );
}

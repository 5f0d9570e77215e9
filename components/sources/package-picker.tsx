"use client";
import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { actionHref } from "@/components/library/action-href";
import { BuildState } from "@/components/library/build-state";
import { actionsQuery } from "@/components/library/queries";
import { useMay } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatCount } from "@/components/ui/format";
import { ProblemList } from "@/components/ui/problem-list";
import { Section } from "@/components/ui/section";
import { showToast } from "@/components/ui/toast-store";
import type { ActionVersionResource } from "@/lib/actions/contract";
import { callApi } from "@/lib/http/client";
import type { ResultOf } from "@/lib/http/contract";
import type { SourcePackage, showSourceContract } from "@/lib/sources/contract";
import { importFromSourceOperation } from "@/lib/sources/operations";
import { isImportable } from "@/lib/sources/status";
import { countWords, statusWords } from "./count-words";

interface Props {
  source: ResultOf<typeof showSourceContract>;
  projectId: string;
}

/** The packages of the last scan; those that the library lacks can be picked. */
export function PackagePicker({ source, projectId }: Props) {
  const mayManage = useMay("actions.manage");
  const library = useQuery(actionsQuery(projectId)).data?.items ?? [];
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const importable = source.packages.filter(({ status }) => isImportable(status));
  const picked = importable.filter(({ path }) => !left.has(path));
  const bringIn = useVerb({
    projectId,
    failure: "The packages could not be imported",
    run: () =>
      callApi(importFromSourceOperation, {
        params: { project: projectId, source: source.id },
        body: { paths: picked.map(({ path }) => path) },
      }),
    onSuccess: ({ items }) => {
      const refused = items.filter(({ action }) => action === null);
      const title = `${formatCount(items.length - refused.length, "package")} imported`;
      if (refused.length === 0) showToast({ tone: "success", title });
      else showToast({ tone: "error", title, detail: refused.map(({ problems }) => problems[0]?.message).join(" ") });
    },
  });
  const toggle = (path: string) => {
    const next = new Set(left);
    if (!next.delete(path)) next.add(path);
    setLeft(next);
  };
  return (
    <Section
      title="Packages"
      description={countWords(source)}
      actions={
        mayManage &&
        importable.length > 0 && (
          <Button
            look="primary"
            icon={<Download size={14} />}
            isBusy={bringIn.isPending}
            disabled={picked.length === 0}
            onClick={() => bringIn.mutate(undefined)}
          >
            Import {formatCount(picked.length, "package")}
          </Button>
        )
      }
    >
      {source.packages.length === 0 ? (
        <p className="px-5 py-8 text-center text-ink-faint text-sm">
          There is no folder with a ryax_metadata.yaml in this branch.
        </p>
      ) : (
        <ul aria-label="Packages" className="divide-y divide-line">
          {source.packages.map((found) => (
            <Found
              key={found.path}
              found={found}
              projectId={projectId}
              inLibrary={library.find(({ id, version }) => id === found.action?.id && version === found.action.version)}
              isPicked={!left.has(found.path)}
              onToggle={mayManage ? () => toggle(found.path) : undefined}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

interface FoundProps {
  found: SourcePackage;
  projectId: string;
  inLibrary: ActionVersionResource | undefined;
  isPicked: boolean;
  onToggle: (() => void) | undefined;
}

const tones = {
  new: "text-accent",
  changed: "text-accent",
  unchanged: "text-ink-faint",
  taken: "text-failed",
  invalid: "text-failed",
};

function Found({ found, projectId, inLibrary, isPicked, onToggle }: FoundProps) {
  const { path, action, status, problems } = found;
  const name = action?.name ?? (path || "The repository's root");
  const mayPick = onToggle && isImportable(status);
  return (
    <li>
      <div className="flex items-center gap-3.5 px-5 py-3 text-sm">
        <input
          type="checkbox"
          className={cn("size-4 shrink-0 accent-accent", !mayPick && "invisible")}
          aria-label={`Import ${name}`}
          checked={isPicked}
          disabled={!mayPick}
          onChange={onToggle}
        />
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">
            {name} {action && <span className="tabular font-normal text-ink-faint">{action.version}</span>}
          </p>
          <p className="truncate font-mono text-ink-faint text-xs">{path || "."}</p>
        </div>
        {status === "unchanged" && inLibrary ? (
          <Link
            href={actionHref(projectId, inLibrary)}
            aria-label={`${name} in the library`}
            className="rounded-md px-2 py-1 hover:bg-hover"
          >
            <BuildState state={inLibrary.state} />
          </Link>
        ) : (
          <span className={cn("whitespace-nowrap text-xs", tones[status])}>{statusWords[status]}</span>
        )}
      </div>
      {problems.length > 0 && <ProblemList problems={problems} label={`What is wrong with ${path || "the package"}`} />}
    </li>
  );
}

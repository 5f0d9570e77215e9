"use client";
import { useQuery } from "@tanstack/react-query";
import { Code, Download, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useMay, useProject } from "@/components/projects/use-project";
import { Gone } from "@/components/query/gone";
import { QueryError } from "@/components/query/query-error";
import { useVerb } from "@/components/query/use-verb";
import { Button, buttonClass } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorPanel } from "@/components/ui/error-panel";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemList } from "@/components/ui/problem-list";
import { Facts, Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time";
import { showToast } from "@/components/ui/toast-store";
import type { ActionVersionResource, showActionContract } from "@/lib/actions/contract";
import { deleteActionOperation, readPackageOperation } from "@/lib/actions/operations";
import { ApiError, callApi } from "@/lib/http/client";
import type { ResultOf } from "@/lib/http/contract";
import { actionHref } from "./action-href";
import { BuildLog } from "./build-log";
import { BuildState } from "./build-state";
import { FoldersSection } from "./folders-section";
import { IoTable } from "./io-table";
import { NetworkSection } from "./network-access";
import { actionQuery } from "./queries";

export function ActionPage({ action, version }: { action: string; version: string }) {
  const project = useProject();
  const { data, error, refetch } = useQuery(actionQuery(project.id, action, version));
  if (error instanceof ApiError && error.status === 404) {
    return <Gone what={`${action}@${version}`} backHref={`/${project.id}/library`} backLabel="To the library" />;
  }
  if (!data) {
    if (error) return <QueryError title="The action could not be read" error={error} onRetry={() => void refetch()} />;
    return <SkeletonRows label="Loading the action" />;
  }
  return <Loaded action={data} projectId={project.id} projectName={project.name} />;
}

function Loaded({
  action,
  projectId,
  projectName,
}: {
  action: ResultOf<typeof showActionContract>;
  projectId: string;
  projectName: string;
}) {
  const isBuilding = action.state === "pending" || action.state === "building";
  return (
    <>
      <PageHeader
        crumbs={[
          { label: projectName, href: `/${projectId}` },
          { label: "Library", href: `/${projectId}/library` },
        ]}
        title={action.name}
        badge={<BuildState state={action.state} />}
        meta={action.description && <p className="max-w-2xl text-ink-soft text-sm">{action.description}</p>}
        actions={action.source !== "builtin" && <Verbs action={action} projectId={projectId} />}
      />
      <Facts
        items={[
          {
            label: "Id and version",
            value: (
              <span className="flex items-center gap-1">
                <code className="break-all font-mono text-xs">
                  {action.id}@{action.version}
                </code>
                <CopyButton text={`${action.id}@${action.version}`} what="the id" />
              </span>
            ),
          },
          { label: "Kind", value: action.kind },
          { label: "Type", value: action.type },
          { label: "Added", value: <RelativeTime at={action.createdAt} /> },
          {
            label: "Content",
            value: (
              <span className="flex items-center gap-1">
                <code className="font-mono text-xs">{action.hash.slice(0, 12)}</code>
                <CopyButton text={action.hash} what="the content hash" />
              </span>
            ),
          },
        ]}
      />
      {action.error && <ErrorPanel title="The build failed" message={action.error} />}
      {action.warnings.length > 0 && (
        <Section title="Warnings">
          <ProblemList problems={action.warnings} label="Warnings" />
        </Section>
      )}
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <Section title="Inputs">
          <IoTable items={action.inputs} empty="It takes none." />
        </Section>
        <Section title="Outputs">
          <IoTable
            items={action.outputs}
            empty={action.dynamicOutputs ? "Each workflow defines its own." : "It gives none."}
          />
        </Section>
      </div>
      {action.type !== "internal" && (
        <NetworkSection projectId={projectId} actionId={action.id} wanted={action.network} grant={action.grant} />
      )}
      {action.folders && <FoldersSection projectId={projectId} />}
      {action.source !== "builtin" && (
        <Section title="Build">
          <BuildLog lines={action.buildLog} isGrowing={isBuilding} />
        </Section>
      )}
    </>
  );
}

function Verbs({ action, projectId }: { action: ActionVersionResource; projectId: string }) {
  const mayManage = useMay("actions.manage");
  const { id, version } = action;
  const api = readPackageOperation.path
    .replace("{project}", projectId)
    .replace("{action}", encodeURIComponent(id))
    .replace("{version}", encodeURIComponent(version));
  return (
    <>
      <Link href={`${actionHref(projectId, action)}/edit`} className={buttonClass()}>
        <Code size={14} aria-hidden="true" />
        {mayManage ? "Edit code" : "Show code"}
      </Link>
      <a href={api} download className={buttonClass()}>
        <Download size={14} aria-hidden="true" />
        Export
      </a>
      <DeleteAction action={action} projectId={projectId} />
    </>
  );
}

function DeleteAction({ action, projectId }: { action: ActionVersionResource; projectId: string }) {
  const router = useRouter();
  const mayManage = useMay("actions.manage");
  const [isAsking, setAsking] = useState(false);
  const name = `${action.id}@${action.version}`;
  const remove = useVerb({
    projectId,
    failure: "The version could not be deleted",
    showsOwnErrors: true,
    run: () =>
      callApi(deleteActionOperation, { params: { project: projectId, action: action.id, version: action.version } }),
    onSuccess: () => {
      showToast({ tone: "success", title: `${name} was deleted` });
      router.push(`/${projectId}/library`);
    },
  });
  const uses = remove.error instanceof ApiError ? remove.error.issues : [];
  if (!mayManage) return null;
  return (
    <>
      <Button icon={<Trash2 size={14} />} onClick={() => setAsking(true)}>
        Delete
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => {
          setAsking(false);
          remove.reset();
        }}
        title={`Delete ${name}?`}
        verb="Delete version"
        isBusy={remove.isPending}
        error={remove.error?.message}
        onConfirm={() => remove.mutate(undefined)}
      >
        It is taken out of the library. A version that a workflow uses is kept.
        {uses.length > 0 && (
          <ul aria-label="Used by" className="mt-3 list-disc pl-5">
            {uses.map((use) => (
              <li key={use.path}>{use.message}</li>
            ))}
          </ul>
        )}
      </ConfirmDialog>
    </>
  );
}

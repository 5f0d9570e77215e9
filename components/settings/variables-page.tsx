"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Braces, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useMay, useProjectId } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Button, IconButton } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { formatBytes } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { RelativeTime } from "@/components/ui/time";
import { showToast } from "@/components/ui/toast-store";
import { callApi } from "@/lib/http/client";
import { isFileType } from "@/lib/values/types";
import type { VariableResource } from "@/lib/variables/contract";
import { unsetVariableOperation } from "@/lib/variables/operations";
import { variablesQuery } from "./queries";
import { VariableDialog } from "./variable-dialog";

function shownValue({ type, secret, value }: VariableResource): string {
  if (secret) return "••••••";
  if (isFileType(type)) {
    const { name, size } = value as { name: string; size: number };
    return `${name} · ${formatBytes(size)}`;
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function VariablesPage() {
  const projectId = useProjectId();
  const { items } = useSuspenseQuery(variablesQuery(projectId)).data;
  const mayManage = useMay("variables.manage");
  const [editing, setEditing] = useState<VariableResource | "new" | null>(null);
  const newButton = mayManage && (
    <Button look="primary" icon={<Plus size={15} />} onClick={() => setEditing("new")}>
      New variable
    </Button>
  );
  return (
    <>
      {items.length === 0 ? (
        <EmptyState icon={<Braces size={22} />} title="No variables yet" action={newButton}>
          Values that several workflows share, or that should not stand in any of them: an address, a threshold, a
          password.
        </EmptyState>
      ) : (
        <Section title="Variables" actions={newButton}>
          <ul className="divide-y divide-line">
            {items.map((item) => (
              <VariableRow
                key={item.name}
                item={item}
                projectId={projectId}
                mayManage={mayManage}
                onEdit={() => setEditing(item)}
              />
            ))}
          </ul>
        </Section>
      )}
      <VariableDialog
        variable={editing === "new" ? null : editing}
        isOpen={editing !== null}
        onClose={() => setEditing(null)}
      />
    </>
  );
}

function VariableRow({
  item,
  projectId,
  mayManage,
  onEdit,
}: {
  item: VariableResource;
  projectId: string;
  mayManage: boolean;
  onEdit: () => void;
}) {
  const [isAsking, setAsking] = useState(false);
  const unset = useVerb({
    projectId,
    failure: "The variable could not be deleted",
    showsOwnErrors: true,
    run: () => callApi(unsetVariableOperation, { params: { project: projectId, variable: item.name } }),
    onSuccess: () => showToast({ tone: "success", title: `${item.name} was deleted` }),
  });
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-5 py-3 text-sm md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_6rem_7rem_4.5rem]">
      <div className="min-w-0">
        <code className="block truncate font-medium font-mono text-xs">{item.name}</code>
        {item.description && <p className="truncate text-ink-faint text-xs">{item.description}</p>}
      </div>
      <span className="order-3 truncate font-mono text-ink-soft text-xs md:order-none">{shownValue(item)}</span>
      <span className="hidden text-ink-faint text-xs md:block">{item.type}</span>
      <RelativeTime at={item.updatedAt} className="hidden text-ink-faint text-xs md:block" />
      <span className="flex justify-self-end">
        {mayManage && (
          <>
            <IconButton label={`Change ${item.name}`} onClick={onEdit}>
              <Pencil size={14} />
            </IconButton>
            <IconButton label={`Delete ${item.name}`} onClick={() => setAsking(true)}>
              <Trash2 size={14} />
            </IconButton>
          </>
        )}
      </span>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => {
          setAsking(false);
          unset.reset();
        }}
        title={`Delete ${item.name}?`}
        verb="Delete variable"
        isBusy={unset.isPending}
        error={unset.error?.message}
        onConfirm={() => unset.mutate(undefined, { onSuccess: () => setAsking(false) })}
      >
        Its value is gone then. A variable that a workflow uses is kept.
      </ConfirmDialog>
    </li>
  );
}

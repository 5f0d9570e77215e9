"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useMay, useProjectId } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { RelativeTime } from "@/components/ui/time";
import { showToast } from "@/components/ui/toast-store";
import { useUrlState } from "@/components/ui/use-url-state";
import { callApi } from "@/lib/http/client";
import type { KeyResource } from "@/lib/keys/contract";
import { revokeKeyOperation } from "@/lib/keys/operations";
import { CreateKeyDialog } from "./create-key-dialog";
import { keysQuery } from "./queries";

export function KeysPage() {
  const projectId = useProjectId();
  const { items, requireKey } = useSuspenseQuery(keysQuery(projectId)).data;
  const mayManage = useMay("keys.manage");
  const [wanted, want] = useUrlState("new");
  const newButton = mayManage && (
    <Button look="primary" icon={<Plus size={15} />} onClick={() => want("key")}>
      New key
    </Button>
  );
  return (
    <>
      {items.length === 0 ? (
        <EmptyState icon={<KeyRound size={22} />} title="No API keys yet" action={newButton}>
          {requireKey
            ? "Calls of the project's endpoints need a key. Make one for each caller, so that each can be revoked."
            : "Calls need no key in this project, which the general settings can change."}
        </EmptyState>
      ) : (
        <Section
          title="API keys"
          description={
            requireKey ? (
              "Calls of the project's endpoints must carry one of these."
            ) : (
              <>
                Calls need no key just now;{" "}
                <Link href={`/${projectId}/settings`} className="text-accent underline underline-offset-2">
                  require one
                </Link>
                .
              </>
            )
          }
          actions={newButton}
        >
          <ul className="divide-y divide-line">
            {items.map((item) => (
              <KeyRow key={item.id} item={item} projectId={projectId} mayManage={mayManage} />
            ))}
          </ul>
        </Section>
      )}
      <CreateKeyDialog isOpen={wanted !== ""} onClose={() => want("")} />
    </>
  );
}

function KeyRow({ item, projectId, mayManage }: { item: KeyResource; projectId: string; mayManage: boolean }) {
  const [isAsking, setAsking] = useState(false);
  const revoke = useVerb({
    projectId,
    failure: "The key could not be revoked",
    run: () => callApi(revokeKeyOperation, { params: { project: projectId, key: item.id } }),
    onSuccess: () => showToast({ tone: "success", title: `The key ${item.name} was revoked` }),
  });
  const isDead = item.revokedAt !== null || (item.expiresAt !== null && new Date(item.expiresAt) < new Date());
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-5 py-3 text-sm md:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_10rem_10rem_5.5rem]">
      <span className={cn("truncate font-medium", isDead && "text-ink-faint line-through")}>{item.name}</span>
      <code className="order-3 truncate font-mono text-ink-faint text-xs max-md:col-span-2 md:order-none">
        {item.prefix}…
      </code>
      <span className="order-4 text-ink-soft text-xs max-md:col-span-2 md:order-none">
        {item.lastUsedAt ? (
          <>
            used <RelativeTime at={item.lastUsedAt} />
          </>
        ) : (
          "never used"
        )}
      </span>
      <span className="order-4 text-ink-soft text-xs max-md:col-span-2 md:order-none">
        {item.revokedAt ? (
          <>
            revoked <RelativeTime at={item.revokedAt} />
          </>
        ) : item.expiresAt ? (
          <>
            {isDead ? "expired" : "expires"} <RelativeTime at={item.expiresAt} />
          </>
        ) : (
          "does not expire"
        )}
      </span>
      <span className="justify-self-end">
        {mayManage && !item.revokedAt && (
          <Button size="sm" aria-label={`Revoke ${item.name}`} onClick={() => setAsking(true)}>
            Revoke
          </Button>
        )}
      </span>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={`Revoke ${item.name}?`}
        verb="Revoke key"
        isBusy={revoke.isPending}
        onConfirm={() => revoke.mutate(undefined, { onSuccess: () => setAsking(false) })}
      >
        Calls with it are refused from then on. This cannot be undone.
      </ConfirmDialog>
    </li>
  );
}

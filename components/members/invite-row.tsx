"use client";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/time";
import { showToast } from "@/components/ui/toast-store";
import { callApi } from "@/lib/http/client";
import type { InviteResource } from "@/lib/members/contract";
import { revokeInviteOperation } from "@/lib/members/operations";

export function InviteRow({ invite, projectId }: { invite: InviteResource; projectId: string }) {
  const whom = invite.email ?? "Whoever has the link";
  const revoke = useVerb({
    projectId,
    failure: "The invitation could not be taken back",
    run: () => callApi(revokeInviteOperation, { params: { project: projectId, invite: invite.id } }),
    onSuccess: () => showToast({ tone: "success", title: "The invitation was taken back" }),
  });
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-5 py-3 text-sm md:grid-cols-[minmax(0,1fr)_8rem_9rem_6rem]">
      <span className="truncate">{whom}</span>
      <span className="hidden text-ink-faint text-xs md:block">
        expires <RelativeTime at={invite.expiresAt} />
      </span>
      <span className="order-3 text-ink-soft md:order-none">{invite.role}</span>
      <Button
        size="sm"
        className="justify-self-end"
        aria-label={`Take back the invitation of ${whom}`}
        isBusy={revoke.isPending}
        onClick={() => revoke.mutate(undefined)}
      >
        Take back
      </Button>
    </li>
  );
}

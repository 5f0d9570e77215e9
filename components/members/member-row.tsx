"use client";
import { useState } from "react";
import { useVerb } from "@/components/query/use-verb";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { RelativeTime } from "@/components/ui/time";
import { showToast } from "@/components/ui/toast-store";
import type { Role } from "@/drizzle/enums";
import { callApi } from "@/lib/http/client";
import type { MemberResource } from "@/lib/members/contract";
import { changeMemberRoleOperation, leaveProjectOperation, removeMemberOperation } from "@/lib/members/operations";
import { roleHelp } from "./role-help";
import { RoleSelect } from "./role-select";

interface MemberRowProps {
  member: MemberResource;
  isSelf: boolean;
  mayManage: boolean;
  projectId: string;
}

export function MemberRow({ member, isSelf, mayManage, projectId }: MemberRowProps) {
  const [isAsking, setAsking] = useState(false);
  const params = { project: projectId, member: member.userId };
  const called = member.name ?? member.email;
  const change = useVerb({
    projectId,
    failure: "The role could not be changed",
    run: (role: Role) => callApi(changeMemberRoleOperation, { params, body: { role } }),
    onSuccess: (_, role) => showToast({ tone: "success", title: `${called} is ${role} now` }),
  });
  const remove = useVerb({
    projectId,
    failure: "The member could not be removed",
    showsOwnErrors: true,
    run: () =>
      isSelf
        ? callApi(leaveProjectOperation, { params: { project: projectId } })
        : callApi(removeMemberOperation, { params }),
    onSuccess: () => {
      if (isSelf) window.location.assign("/projects");
      else showToast({ tone: "success", title: `${called} is no longer a member` });
    },
  });
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 px-5 py-3 text-sm md:grid-cols-[minmax(0,1fr)_8rem_9rem_6rem]">
      <div className="col-span-2 min-w-0 md:col-span-1">
        <p className="truncate font-medium">
          {called}
          {isSelf && <span className="ml-2 font-normal text-ink-faint text-xs">you</span>}
        </p>
        {member.name && <p className="truncate text-ink-faint text-xs">{member.email}</p>}
      </div>
      <span className="hidden text-ink-faint text-xs md:block">
        since <RelativeTime at={member.joinedAt} />
      </span>
      {mayManage ? (
        <RoleSelect
          aria-label={`Role of ${called}`}
          title={roleHelp[member.role]}
          value={change.isPending ? change.variables : member.role}
          disabled={change.isPending}
          onChange={(role) => change.mutate(role)}
        />
      ) : (
        <span title={roleHelp[member.role]}>{member.role}</span>
      )}
      <span className="justify-self-end">
        {(mayManage || isSelf) && (
          <Button
            size="sm"
            className="min-w-18"
            aria-label={isSelf ? "Leave the project" : `Remove ${called}`}
            onClick={() => setAsking(true)}
          >
            {isSelf ? "Leave" : "Remove"}
          </Button>
        )}
      </span>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => {
          setAsking(false);
          remove.reset();
        }}
        title={isSelf ? "Leave this project?" : `Remove ${called}?`}
        verb={isSelf ? "Leave project" : "Remove member"}
        isBusy={remove.isPending}
        error={remove.error?.message}
        onConfirm={() => remove.mutate(undefined, { onSuccess: () => setAsking(false) })}
      >
        {isSelf
          ? "You come back only by an invitation."
          : "What they made stays. They come back only by an invitation."}
      </ConfirmDialog>
    </li>
  );
}

"use client";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { useMay, useProjectId } from "@/components/projects/use-project";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { InviteDialog } from "./invite-dialog";
import { InviteRow } from "./invite-row";
import { MemberRow } from "./member-row";
import { invitesQuery, membersQuery } from "./queries";

export function MembersPage({ userId }: { userId: string }) {
  const projectId = useProjectId();
  const { items } = useSuspenseQuery(membersQuery(projectId)).data;
  const mayManage = useMay("members.manage");
  const invites = useQuery({ ...invitesQuery(projectId), enabled: mayManage }).data?.items ?? [];
  const [isInviting, setInviting] = useState(false);
  return (
    <>
      <Section
        title="Members"
        description="Who sees this project, and what each of them may do in it."
        actions={
          mayManage && (
            <Button look="primary" icon={<UserPlus size={15} />} onClick={() => setInviting(true)}>
              Invite
            </Button>
          )
        }
      >
        <ul className="divide-y divide-line">
          {items.map((member) => (
            <MemberRow
              key={member.userId}
              member={member}
              isSelf={member.userId === userId}
              mayManage={mayManage}
              projectId={projectId}
            />
          ))}
        </ul>
      </Section>
      {invites.length > 0 && (
        <Section title="Invitations" description="Not taken up yet. Each link works once.">
          <ul className="divide-y divide-line">
            {invites.map((invite) => (
              <InviteRow key={invite.id} invite={invite} projectId={projectId} />
            ))}
          </ul>
        </Section>
      )}
      <InviteDialog isOpen={isInviting} onClose={() => setInviting(false)} />
    </>
  );
}

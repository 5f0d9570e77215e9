import { MembersPage } from "@/components/members/members-page";
import { invitesQuery, membersQuery } from "@/components/members/queries";
import { type Seed, Seeded, seed } from "@/components/query/seeded";
import { roleMay } from "@/lib/auth";
import { listInvites, listMembers } from "@/lib/members";
import { openProjectPage, openUser, orNotFound } from "../../../open";

export const metadata = { title: "Members" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const ctx = await openProjectPage(params);
  const { user } = await openUser();
  const members = await orNotFound(listMembers(ctx, undefined));
  const seeds: Seed[] = [seed(membersQuery(ctx.project.id), members)];
  if (roleMay(ctx.project.role, "members.manage"))
    seeds.push(seed(invitesQuery(ctx.project.id), await listInvites(ctx, undefined)));
  return (
    <Seeded seeds={seeds}>
      <MembersPage userId={user.id} />
    </Seeded>
  );
}

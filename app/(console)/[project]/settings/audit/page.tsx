import { Seeded, seedPage } from "@/components/query/seeded";
import { AuditPage } from "@/components/settings/audit-page";
import { auditAbouts } from "@/components/settings/audit-words";
import { auditQuery } from "@/components/settings/queries";
import { listAudit } from "@/lib/audit";
import { openProjectPage, orNotFound } from "../../../open";

export const metadata = { title: "Audit log" };

type Props = { params: Promise<{ project: string }>; searchParams: Promise<{ about?: string }> };

export default async function Page({ params, searchParams }: Props) {
  const ctx = await openProjectPage(params);
  const search = await searchParams;
  const about = auditAbouts.find(({ value }) => value === search.about)?.value ?? "";
  const entries = await orNotFound(listAudit(ctx, { limit: 50, ...(about && { about }) }));
  return (
    <Seeded seeds={[seedPage(auditQuery(ctx.project.id, about), entries)]}>
      <AuditPage />
    </Seeded>
  );
}

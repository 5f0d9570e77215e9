import { Seeded, seed } from "@/components/query/seeded";
import { usageQuery } from "@/components/usage/queries";
import { UsagePage } from "@/components/usage/usage-page";
import { showUsage } from "@/lib/usage";
import { openProjectPage, orNotFound } from "../../../open";

export const metadata = { title: "Usage and limits" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const ctx = await openProjectPage(params);
  const usage = await orNotFound(showUsage(ctx, undefined));
  return (
    <Seeded seeds={[seed(usageQuery(ctx.project.id), usage)]}>
      <UsagePage />
    </Seeded>
  );
}

import { Seeded, seed } from "@/components/query/seeded";
import { sourcesQuery } from "@/components/sources/queries";
import { SourcesPage } from "@/components/sources/sources-page";
import { listSources } from "@/lib/sources";
import { openProjectPage, orNotFound } from "../../../open";

export const metadata = { title: "Library sources" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const ctx = await openProjectPage(params);
  const sources = await orNotFound(listSources(ctx, undefined));
  return (
    <Seeded seeds={[seed(sourcesQuery(ctx.project.id), sources)]}>
      <SourcesPage />
    </Seeded>
  );
}

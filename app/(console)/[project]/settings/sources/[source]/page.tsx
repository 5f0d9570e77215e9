import { actionsQuery } from "@/components/library/queries";
import { Seeded, seed } from "@/components/query/seeded";
import { sourceQuery } from "@/components/sources/queries";
import { SourcePage } from "@/components/sources/source-page";
import { listActions } from "@/lib/actions";
import { showSource } from "@/lib/sources";
import { openProjectPage, orNotFound } from "../../../../open";

export const metadata = { title: "Library source" };

export default async function Page({ params }: { params: Promise<{ project: string; source: string }> }) {
  const ctx = await openProjectPage(params);
  const sourceId = ctx.params.source;
  const source = await orNotFound(showSource(ctx, { sourceId }));
  const actions = await listActions(ctx, undefined);
  return (
    <Seeded seeds={[seed(sourceQuery(ctx.project.id, sourceId), source), seed(actionsQuery(ctx.project.id), actions)]}>
      <SourcePage sourceId={sourceId} />
    </Seeded>
  );
}

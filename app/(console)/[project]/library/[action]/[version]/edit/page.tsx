import { EditorPage } from "@/components/action-editor/editor-page";
import { actionsQuery } from "@/components/library/queries";
import { Seeded, seed } from "@/components/query/seeded";
import { listActions, showAction } from "@/lib/actions";
import { openProjectPage, orNotFound } from "../../../../../open";

export const metadata = { title: "Edit action" };

export default async function Page({
  params,
}: {
  params: Promise<{ project: string; action: string; version: string }>;
}) {
  const ctx = await openProjectPage(params);
  const id = decodeURIComponent(ctx.params.action);
  const version = decodeURIComponent(ctx.params.version);
  await orNotFound(showAction(ctx, { actionId: id, version, afterLine: 0 }));
  return (
    <Seeded seeds={[seed(actionsQuery(ctx.project.id), await listActions(ctx, undefined))]}>
      <EditorPage action={{ id, version }} />
    </Seeded>
  );
}

import { EditorPage } from "@/components/action-editor/editor-page";
import { actionsQuery } from "@/components/library/queries";
import { Seeded, seed } from "@/components/query/seeded";
import { listActions } from "@/lib/actions";
import { openProjectPage } from "../../../open";

export const metadata = { title: "New action" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const ctx = await openProjectPage(params);
  return (
    <Seeded seeds={[seed(actionsQuery(ctx.project.id), await listActions(ctx, undefined))]}>
      <EditorPage action={null} />
    </Seeded>
  );
}

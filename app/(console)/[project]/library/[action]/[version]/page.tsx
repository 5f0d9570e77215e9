import { ActionPage } from "@/components/library/action-page";
import { actionQuery } from "@/components/library/queries";
import { Seeded, seed } from "@/components/query/seeded";
import { showAction } from "@/lib/actions";
import { openProjectPage, orNotFound } from "../../../../open";

interface Props {
  params: Promise<{ project: string; action: string; version: string }>;
}

export async function generateMetadata({ params }: Props) {
  const { action, version } = await params;
  return { title: `${decodeURIComponent(action)}@${decodeURIComponent(version)}` };
}

export default async function Page({ params }: Props) {
  const ctx = await openProjectPage(params);
  const actionId = decodeURIComponent(ctx.params.action);
  const version = decodeURIComponent(ctx.params.version);
  const action = await orNotFound(showAction(ctx, { actionId, version, afterLine: 0 }));
  return (
    <Seeded seeds={[seed(actionQuery(ctx.project.id, actionId, version), action)]}>
      <ActionPage action={actionId} version={version} />
    </Seeded>
  );
}

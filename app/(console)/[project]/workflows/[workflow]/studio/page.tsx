import { cache } from "react";
import { actionsQuery } from "@/components/library/queries";
import { Seeded, seed } from "@/components/query/seeded";
import { StudioPage } from "@/components/studio/studio-page";
import { workflowQuery } from "@/components/workflows/queries";
import { listActions } from "@/lib/actions";
import { showWorkflow } from "@/lib/workflows";
import { openProjectOnce, orNotFound } from "../../../../open";

interface Props {
  params: Promise<{ project: string; workflow: string }>;
}

const read = cache(async (projectId: string, workflowId: string) =>
  orNotFound(showWorkflow(await openProjectOnce(projectId), { workflowId })),
);

export async function generateMetadata({ params }: Props) {
  const { project, workflow } = await params;
  return { title: `Studio · ${(await read(project, workflow)).name}` };
}

export default async function Page({ params }: Props) {
  const { project, workflow } = await params;
  const ctx = await openProjectOnce(project);
  const [detail, actions] = await Promise.all([read(project, workflow), orNotFound(listActions(ctx, undefined))]);
  return (
    <Seeded seeds={[seed(workflowQuery(project, workflow), detail), seed(actionsQuery(project), actions)]}>
      <StudioPage workflowId={workflow} />
    </Seeded>
  );
}

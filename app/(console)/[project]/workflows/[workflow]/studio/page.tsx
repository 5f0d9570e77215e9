import { actionsQuery } from "@/components/library/queries";
import { Seeded, seed } from "@/components/query/seeded";
import { StudioPage } from "@/components/studio/studio-page";
import { workflowQuery } from "@/components/workflows/queries";
import { listActions } from "@/lib/actions";
import { openProjectOnce, orNotFound } from "../../../../open";
import { readWorkflow } from "../read-workflow";

interface Props {
  params: Promise<{ project: string; workflow: string }>;
}

export async function generateMetadata({ params }: Props) {
  const { project, workflow } = await params;
  return { title: `Studio · ${(await readWorkflow(project, workflow)).name}` };
}

export default async function Page({ params }: Props) {
  const { project, workflow } = await params;
  const ctx = await openProjectOnce(project);
  const [detail, actions] = await Promise.all([
    readWorkflow(project, workflow),
    orNotFound(listActions(ctx, undefined)),
  ]);
  return (
    <Seeded seeds={[seed(workflowQuery(project, workflow), detail), seed(actionsQuery(project), actions)]}>
      <StudioPage workflowId={workflow} />
    </Seeded>
  );
}

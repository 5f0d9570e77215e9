import { cache } from "react";
import { Seeded, seed } from "@/components/query/seeded";
import { workflowQuery } from "@/components/workflows/queries";
import { WorkflowPage } from "@/components/workflows/workflow-page";
import { showWorkflow } from "@/lib/workflows";
import { openProjectOnce, orNotFound } from "../../../open";

interface Props {
  params: Promise<{ project: string; workflow: string }>;
}

const read = cache(async (projectId: string, workflowId: string) =>
  orNotFound(showWorkflow(await openProjectOnce(projectId), { workflowId })),
);

export async function generateMetadata({ params }: Props) {
  const { project, workflow } = await params;
  return { title: (await read(project, workflow)).name };
}

export default async function Page({ params }: Props) {
  const { project, workflow } = await params;
  return (
    <Seeded seeds={[seed(workflowQuery(project, workflow), await read(project, workflow))]}>
      <WorkflowPage workflowId={workflow} />
    </Seeded>
  );
}

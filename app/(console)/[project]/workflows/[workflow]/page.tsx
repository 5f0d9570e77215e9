import { Seeded, seed } from "@/components/query/seeded";
import { workflowQuery } from "@/components/workflows/queries";
import { WorkflowPage } from "@/components/workflows/workflow-page";
import { readWorkflow } from "./read-workflow";

interface Props {
  params: Promise<{ project: string; workflow: string }>;
}

export async function generateMetadata({ params }: Props) {
  const { project, workflow } = await params;
  return { title: (await readWorkflow(project, workflow)).name };
}

export default async function Page({ params }: Props) {
  const { project, workflow } = await params;
  return (
    <Seeded seeds={[seed(workflowQuery(project, workflow), await readWorkflow(project, workflow))]}>
      <WorkflowPage workflowId={workflow} />
    </Seeded>
  );
}

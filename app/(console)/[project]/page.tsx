import { Seeded, seed } from "@/components/query/seeded";
import { activityQuery } from "@/components/runs/queries";
import { workflowsQuery } from "@/components/workflows/queries";
import { WorkflowsPage } from "@/components/workflows/workflows-page";
import { showActivity } from "@/lib/runs";
import { listWorkflows } from "@/lib/workflows";
import { openProjectPage } from "../open";

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const ctx = await openProjectPage(params);
  const projectId = ctx.project.id;
  const [workflows, activity] = await Promise.all([listWorkflows(ctx, undefined), showActivity(ctx, undefined)]);
  return (
    <Seeded seeds={[seed(workflowsQuery(projectId), workflows), seed(activityQuery(projectId), activity)]}>
      <WorkflowsPage />
    </Seeded>
  );
}

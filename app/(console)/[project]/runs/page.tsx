import { Seeded, seed, seedPage } from "@/components/query/seeded";
import { runsPageSize, runsQuery } from "@/components/runs/queries";
import { RunsPage } from "@/components/runs/runs-page";
import { workflowsQuery } from "@/components/workflows/queries";
import { runStates } from "@/drizzle/enums";
import { listRuns } from "@/lib/runs";
import { listWorkflows } from "@/lib/workflows";
import { openProjectPage } from "../../open";

export const metadata = { title: "Runs" };

interface Props {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ state?: string; workflow?: string }>;
}

export default async function Page({ params, searchParams }: Props) {
  const ctx = await openProjectPage(params);
  const search = await searchParams;
  const state = runStates.find((candidate) => candidate === search.state);
  const filter = { ...(search.workflow && { workflow: search.workflow }), ...(state && { state }) };
  const [runs, workflows] = await Promise.all([
    listRuns(ctx, { ...filter, limit: runsPageSize }),
    listWorkflows(ctx, undefined),
  ]);
  return (
    <Seeded
      seeds={[seedPage(runsQuery(ctx.project.id, filter), runs), seed(workflowsQuery(ctx.project.id), workflows)]}
    >
      <RunsPage />
    </Seeded>
  );
}

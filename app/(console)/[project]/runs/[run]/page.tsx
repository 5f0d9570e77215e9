import { Seeded, seed } from "@/components/query/seeded";
import { runQuery } from "@/components/runs/queries";
import { RunPage } from "@/components/runs/run-page";
import { showRun } from "@/lib/runs";
import { openProjectPage, orNotFound } from "../../../open";

interface Props {
  params: Promise<{ project: string; run: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: `…${(await params).run.slice(-6)}` };
}

export default async function Page({ params }: Props) {
  const ctx = await openProjectPage(params);
  const run = await orNotFound(showRun(ctx, { runId: ctx.params.run, waitSeconds: 0 }));
  return (
    <Seeded seeds={[seed(runQuery(ctx.project.id, run.id), run)]}>
      <RunPage runId={run.id} />
    </Seeded>
  );
}

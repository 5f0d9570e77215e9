import { useQuery } from "@tanstack/react-query";
import { ArrowRight, PencilRuler } from "lucide-react";
import Link from "next/link";
import { useProject } from "@/components/projects/use-project";
import { Gone } from "@/components/query/gone";
import { QueryError } from "@/components/query/query-error";
import { useVerb } from "@/components/query/use-verb";
import { buttonClass } from "@/components/ui/button";
import { SkeletonRows } from "@/components/ui/skeleton";
import { workflowQuery } from "@/components/workflows/queries";
import { ApiError } from "@/lib/http/client";
import type { WorkflowDetail } from "@/lib/workflows/contract";
import { makeKey } from "./first-call";
import { FirstRun } from "./first-run";
import { examplesQuery } from "./queries";
import { CallIt, RunNow } from "./try-it";

interface StartedProps {
  exampleId: string;
  workflowId: string;
  /** Null where none is needed, and after the page was loaded anew. */
  madeKey: string | null;
}

/** A live example, up to its first answer. */
export function StartedExample(props: StartedProps) {
  const project = useProject();
  const { data, error, refetch } = useQuery(workflowQuery(project.id, props.workflowId));
  if (data) return <Started {...props} workflow={data} />;
  if (error instanceof ApiError && error.status === 404) {
    return <Gone what="The example" backHref={`/${project.id}/start`} backLabel="All examples" />;
  }
  if (error) return <QueryError title="The example could not be read" error={error} onRetry={() => void refetch()} />;
  return <SkeletonRows label="Loading the example" />;
}

function Started({ exampleId, madeKey, workflow }: StartedProps & { workflow: WorkflowDetail }) {
  const project = useProject();
  const example = useQuery(examplesQuery()).data?.items.find(({ id }) => id === exampleId);
  const another = useVerb({
    projectId: project.id,
    failure: "The key could not be made",
    run: () => makeKey(project.id),
  });
  const { endpoint } = workflow;
  const call = endpoint && {
    method: endpoint.method,
    url: project.url + endpoint.path,
    key: another.data ?? madeKey,
    body: example?.tryWith ?? {},
  };
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-6 py-4">
      <div>
        <h1 className="font-semibold text-2xl">
          {workflow.name} is {workflow.state}
        </h1>
        {example && <p className="mt-2 text-ink-soft">{example.description}</p>}
      </div>
      {call ? (
        <CallIt
          call={call}
          needsKey={project.requireKey}
          isMakingKey={another.isPending}
          onMakeKey={() => another.mutate(undefined)}
        />
      ) : (
        <RunNow workflow={workflow} />
      )}
      <FirstRun workflowId={workflow.id} />
      <div className="flex flex-wrap gap-2">
        <Link href={`/${project.id}/workflows/${workflow.id}/studio`} className={buttonClass()}>
          <PencilRuler size={14} aria-hidden="true" />
          Change it in the studio
        </Link>
        <Link href={`/${project.id}`} className={buttonClass({ look: "quiet" })}>
          To the project
          <ArrowRight size={14} aria-hidden="true" />
        </Link>
      </div>
    </div>
  );
}

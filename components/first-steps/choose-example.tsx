import { useQuery } from "@tanstack/react-query";
import { ArrowRight, BellRing, FileSpreadsheet, type LucideIcon, Sunrise, Workflow } from "lucide-react";
import Link from "next/link";
import { useProject } from "@/components/projects/use-project";
import { QueryError } from "@/components/query/query-error";
import { useVerb } from "@/components/query/use-verb";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Spinner } from "@/components/ui/spinner";
import { addExampleOperation } from "@/lib/examples/operations";
import { callApi } from "@/lib/http/client";
import type { WorkflowResource } from "@/lib/workflows/contract";
import { makeKey } from "./first-call";
import { examplesQuery } from "./queries";

const icons: Record<string, LucideIcon> = {
  "csv-summary": FileSpreadsheet,
  "morning-report": Sunrise,
  "alert-watch": BellRing,
};
const cardClass =
  "group flex w-full items-start gap-3.5 rounded-lg border border-line bg-surface p-4 text-left shadow-card transition-colors hover:border-accent aria-busy:opacity-60";

/** What to begin with: a job that works at once, or nothing. */
export function ChooseExample({
  onLive,
}: {
  /** `key`: one to call it with; null where none is needed. */
  onLive: (example: string, workflow: WorkflowResource, key: string | null) => void;
}) {
  const project = useProject();
  const { data, error, refetch } = useQuery(examplesQuery());
  const add = useVerb({
    projectId: project.id,
    failure: "The example could not be added",
    run: async (example: string) => {
      const workflow = await callApi(addExampleOperation, { params: { project: project.id, example } });
      const key = workflow.endpoint && project.requireKey ? await makeKey(project.id) : null;
      return { workflow, key };
    },
    onSuccess: ({ workflow, key }, example) => onLive(example, workflow, key),
  });
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-6 py-4">
      <div>
        <h1 className="font-semibold text-2xl">What should {project.name} do first?</h1>
        <p className="mt-2 text-ink-soft">
          Each example is a real workflow with its own code. It is put into your project, where you can change all of
          it.
        </p>
      </div>
      {!data && !error && <SkeletonRows label="Loading the examples" />}
      {error && <QueryError title="The examples could not be read" error={error} onRetry={() => void refetch()} />}
      <ul aria-label="Examples" className="flex flex-col gap-3">
        {data?.items.map(({ id, title, description }) => (
          <li key={id}>
            <button
              type="button"
              aria-busy={add.isPending}
              onClick={add.isPending ? undefined : () => add.mutate(id)}
              className={cardClass}
            >
              <Card
                icon={icons[id] ?? Workflow}
                title={title}
                description={description}
                isBusy={add.isPending && add.variables === id}
              />
            </button>
          </li>
        ))}
        <li>
          <Link href={`/${project.id}`} className={cardClass}>
            <Card icon={Workflow} title="Start blank" description="An empty project, to build from nothing." />
          </Link>
        </li>
      </ul>
    </div>
  );
}

function Card({
  icon: Icon,
  title,
  description,
  isBusy = false,
}: {
  icon: LucideIcon;
  title: string;
  description: string;
  isBusy?: boolean;
}) {
  return (
    <>
      <span className="flex size-10 shrink-0 items-center justify-center rounded-md bg-accent/12 text-accent">
        <Icon size={19} aria-hidden="true" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{title}</span>
        <span className="mt-0.5 block text-ink-soft text-sm">
          {isBusy ? "Building its code and making it live …" : description}
        </span>
      </span>
      {isBusy ? (
        <Spinner />
      ) : (
        <ArrowRight
          size={16}
          aria-hidden="true"
          className="mt-3 shrink-0 text-ink-faint transition-transform group-hover:translate-x-0.5"
        />
      )}
    </>
  );
}

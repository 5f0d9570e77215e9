"use client";
import { useQuery } from "@tanstack/react-query";
import { useProjectId } from "@/components/projects/use-project";
import { QueryError } from "@/components/query/query-error";
import { cn } from "@/components/ui/cn";
import { Facts, Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time";
import type { ListenerState } from "@/drizzle/enums";
import type { TriggerResource } from "@/lib/triggers/contract";
import { Downtimes } from "./downtimes";
import { triggerQuery } from "./queries";
import { TriggerLog } from "./trigger-log";

const looks: Record<ListenerState, { label: string; dot: string }> = {
  starting: { label: "Starting", dot: "bg-queued" },
  running: { label: "Listening", dot: "bg-completed" },
  failed: { label: "Failed", dot: "bg-failed" },
  ended: { label: "Ended", dot: "bg-canceled" },
};

/** How a live listening trigger does, and what it writes. */
export function ListenerPanel({ workflowId }: { workflowId: string }) {
  const projectId = useProjectId();
  const { data, error, refetch } = useQuery(triggerQuery(projectId, workflowId));
  if (error) return <QueryError title="The trigger could not be read" error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows label="Loading the trigger" />;
  const { label, dot } = looks[data.state];
  const facts = [
    {
      label: "State",
      value: (
        <span className="inline-flex items-center gap-2">
          <span aria-hidden="true" className={cn("size-2 rounded-full", dot)} />
          {label}
        </span>
      ),
    },
    { label: "Since", value: <RelativeTime at={data.since} /> },
    { label: "Trigger", value: `${data.action.id} ${data.action.version}` },
    ...(data.nextTryAt ? [{ label: "Next try", value: <RelativeTime at={data.nextTryAt} /> }] : []),
    ...(data.failures > 0 ? [{ label: "Failures in a row", value: data.failures }] : []),
  ];
  return (
    <Section title={data.name}>
      <div className="flex flex-col gap-5 px-5 py-4">
        <Facts items={facts} />
        <StateNote trigger={data} />
        <Downtimes items={data.downtimes} whatOf={() => "nothing listened."} />
        <TriggerLog workflowId={workflowId} />
      </div>
    </Section>
  );
}

function StateNote({ trigger: { state, reason } }: { trigger: TriggerResource }) {
  if (state === "ended")
    return (
      <p className="text-ink-soft text-sm">
        It has returned, so that nothing more comes in. Deploy the workflow to start it again.
      </p>
    );
  if (!reason) return null;
  return (
    <p role="status" className="whitespace-pre-wrap break-words text-failed text-sm">
      {reason}
    </p>
  );
}

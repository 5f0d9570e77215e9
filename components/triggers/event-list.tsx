"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Inbox } from "lucide-react";
import { useState } from "react";
import { useMay, useProjectId } from "@/components/projects/use-project";
import { QueryError } from "@/components/query/query-error";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { Segmented } from "@/components/ui/segmented";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useUrlState } from "@/components/ui/use-url-state";
import { type EventOutcome, eventOutcomes } from "@/drizzle/enums";
import type { EventResource } from "@/lib/triggers/contract";
import type { WorkflowDetail } from "@/lib/workflows/contract";
import { ClockPanel } from "./clock-panel";
import { outcomeLooks } from "./event-outcome";
import { EventRow } from "./event-row";
import { ListenerPanel } from "./listener-panel";
import { eventsQuery } from "./queries";
import { useRedeliver } from "./use-redeliver";

const choices = [
  { value: "all" as const, label: "All" },
  ...eventOutcomes.map((outcome) => ({ value: outcome, label: outcomeLooks[outcome].label })),
];

/** What came in for a workflow and what became of it; with a clock, when it comes next; with a trigger that listens, how it does. */
export function EventList({ workflow }: { workflow: WorkflowDetail }) {
  const [outcomeText, setOutcome] = useUrlState("outcome");
  const outcome = eventOutcomes.find((known) => known === outcomeText);
  return (
    <div className="flex flex-col gap-5">
      {workflow.trigger === "clock" && workflow.live && <ClockPanel workflowId={workflow.id} />}
      {workflow.trigger === "listening" && workflow.live && <ListenerPanel workflowId={workflow.id} />}
      <Segmented
        label="What became of them"
        value={outcome ?? "all"}
        options={choices}
        onChange={(chosen) => setOutcome(chosen === "all" ? "" : chosen)}
      />
      <Events workflow={workflow} outcome={outcome} />
    </div>
  );
}

function Events({ workflow, outcome }: { workflow: WorkflowDetail; outcome: EventOutcome | undefined }) {
  const projectId = useProjectId();
  const query = useInfiniteQuery(eventsQuery(projectId, workflow.id, outcome));
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query;
  const mayRun = useMay("runs.start") && workflow.live !== null;
  const redeliver = useRedeliver(workflow.id);
  if (!data) {
    if (error) return <QueryError title="The events could not be read" error={error} onRetry={() => void refetch()} />;
    return <SkeletonRows label="Loading events" />;
  }
  const events = data.pages.flatMap((page) => page.items);
  if (events.length === 0) {
    return (
      <EmptyState icon={<Inbox size={22} />} title="No events yet">
        Deliveries, times of a clock, what a trigger heard, forms and calls with an Idempotency-Key are listed here,
        those that started nothing included.
      </EmptyState>
    );
  }
  return (
    <>
      <ul
        aria-label="Events"
        className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card"
      >
        {events.map((event) => (
          <EventRow
            key={event.id}
            projectId={projectId}
            event={event}
            onRedeliver={mayRun ? () => redeliver.mutate([event.id]) : undefined}
          />
        ))}
      </ul>
      <div className="flex gap-2">
        {hasNextPage && (
          <Button isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Earlier events
          </Button>
        )}
        {mayRun && outcome && <RedeliverAll events={events} onConfirm={(ids) => redeliver.mutate(ids)} />}
      </div>
    </>
  );
}

const most = 200;

/** What a filter shows, delivered again in one go. */
function RedeliverAll({ events, onConfirm }: { events: EventResource[]; onConfirm: (ids: string[]) => void }) {
  const [isAsking, setAsking] = useState(false);
  const ids = events.filter((event) => event.kept).map((event) => event.id);
  const chosen = ids.slice(0, most);
  if (chosen.length === 0) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        {chosen.length === 1 ? "Deliver it again" : `Deliver these ${chosen.length} again`}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={chosen.length === 1 ? "Deliver the event again?" : `Deliver ${chosen.length} events again?`}
        verb="Deliver again"
        onConfirm={() => {
          setAsking(false);
          onConfirm(chosen);
        }}
      >
        Each starts a run of the live version, whether or not it has started one before.
      </ConfirmDialog>
    </>
  );
}

import { RotateCcw } from "lucide-react";
import Link from "next/link";
import { sourceLabel } from "@/components/runs/source";
import { CopyButton } from "@/components/ui/copy-button";
import { RelativeTime } from "@/components/ui/time";
import type { EventResource } from "@/lib/triggers/contract";
import { timesLabel } from "./clock-words";
import { OutcomeBadge } from "./event-outcome";

function WhatCameOfIt({ projectId, event }: { projectId: string; event: EventResource }) {
  if (["ignored", "rejected", "limited"].includes(event.outcome) || !event.runId)
    return (
      <span className="text-ink-soft">
        {event.missed && event.missed.count > 1 && `${timesLabel(event.missed.count)} missed. `}
        {event.reason}
      </span>
    );
  return (
    <Link href={`/${projectId}/runs/${event.runId}`} className="truncate font-mono text-accent hover:underline">
      {event.runId}
    </Link>
  );
}

export function EventRow({
  projectId,
  event,
  onRedeliver,
}: {
  projectId: string;
  event: EventResource;
  /** Undefined for those who may not. */
  onRedeliver: (() => void) | undefined;
}) {
  return (
    <li className="grid grid-cols-[6.5rem_minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
      <OutcomeBadge outcome={event.outcome} />
      <div className="min-w-0">
        <p className="flex min-w-0 items-center gap-1.5">
          <code className="min-w-0 truncate font-mono text-xs" title={event.identity}>
            {event.identity}
          </code>
          <CopyButton text={event.identity} what="the event's identity" />
        </p>
        <p className="flex min-w-0 gap-2 text-ink-faint text-xs">
          <span className="whitespace-nowrap">
            {sourceLabel(event.kind)}
            {event.version !== null && ` · v${event.version}`}
          </span>
          <WhatCameOfIt projectId={projectId} event={event} />
        </p>
      </div>
      <span className="flex items-center gap-2">
        <RelativeTime at={event.at} className="text-ink-faint text-xs" />
        {onRedeliver && event.kept && (
          <button
            type="button"
            onClick={onRedeliver}
            aria-label={`Deliver ${event.identity} again`}
            title="Deliver again"
            className="inline-flex size-7 items-center justify-center rounded-md text-ink-faint hover:bg-hover hover:text-ink"
          >
            <RotateCcw size={14} aria-hidden="true" />
          </button>
        )}
      </span>
    </li>
  );
}

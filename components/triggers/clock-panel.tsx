"use client";
import { useQuery } from "@tanstack/react-query";
import { useProjectId } from "@/components/projects/use-project";
import { QueryError } from "@/components/query/query-error";
import { Facts, Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time";
import type { ClockResource } from "@/lib/triggers/contract";
import { catchUpLabel, missedLabels, overlapLabels, timingLabel } from "./clock-words";
import { Downtimes } from "./downtimes";
import { clockQuery } from "./queries";
import { TimeList } from "./time-list";

/** When a live clock starts runs next. */
export function ClockPanel({ workflowId }: { workflowId: string }) {
  const projectId = useProjectId();
  const { data, error, refetch } = useQuery(clockQuery(projectId, workflowId));
  if (error) return <QueryError title="The clock could not be read" error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows label="Loading the clock" />;
  const { settings, missed, overlapped } = data;
  const facts = [
    { label: "Time zone", value: settings.timeZone },
    { label: "Missed times", value: missedLabels[settings.missed] },
    { label: "Overlaps", value: overlapLabels[settings.overlap] },
    ...(settings.jitterSeconds > 0 ? [{ label: "Jitter", value: `up to ${settings.jitterSeconds} s` }] : []),
    ...(missed > 0 ? [{ label: "Missed for good", value: missed }] : []),
    ...(overlapped > 0 ? [{ label: "Left out for overlaps", value: overlapped }] : []),
  ];
  return (
    <Section title={timingLabel(settings)}>
      <div className="flex flex-col gap-5 px-5 py-4">
        <Facts items={facts} />
        <Downtimes items={data.downtimes} whatOf={(item) => catchUpLabel(item, settings.missed)} />
        <NextTimes clock={data} />
      </div>
    </Section>
  );
}

function NextTimes({ clock: { next, endedAt, settings } }: { clock: ClockResource }) {
  if (endedAt) {
    return (
      <p className="text-ink-soft text-sm">
        It has started its run <RelativeTime at={endedAt} />.
      </p>
    );
  }
  return (
    <div>
      <h3 className="mb-1 text-ink-faint text-xs">Next</h3>
      <TimeList times={next} timeZone={settings.timeZone} className="sm:grid-cols-2" />
    </div>
  );
}

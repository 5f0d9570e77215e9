import { RelativeTime } from "@/components/ui/time";

/** Times to come, as clocks in the zone show them. */
export function TimeList({ times, timeZone, className }: { times: string[]; timeZone: string; className?: string }) {
  if (times.length === 0) return <p className="text-ink-soft text-sm">There are no more times.</p>;
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return (
    <ol aria-label="Next times" className={`tabular grid gap-x-6 gap-y-1 text-sm ${className ?? ""}`}>
      {times.map((time) => (
        <li key={time} className="flex items-baseline justify-between gap-3">
          <span suppressHydrationWarning>{format.format(new Date(time))}</span>
          <RelativeTime at={time} className="shrink-0 text-ink-faint text-xs" />
        </li>
      ))}
    </ol>
  );
}

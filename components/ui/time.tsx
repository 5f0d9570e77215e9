"use client";
import { useFastNow, useSlowNow } from "./clock";
import { formatExact, formatRelative, formatTaken } from "./format";

/** A time as people say it; the exact one, in the viewer's zone, on hover. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const now = useSlowNow();
  const date = new Date(at);
  const ahead = date.getTime() - now;
  // The clock ticks slowly: what has only just happened is not to come.
  const reference = ahead > 0 && ahead < 60_000 ? date : new Date(now);
  return (
    <time
      dateTime={at}
      className={className}
      // Not before: the server does not know the viewer's zone.
      onPointerEnter={(event) => {
        event.currentTarget.title = formatExact(date);
      }}
      // The server's clock and the viewer's may tell different minutes.
      suppressHydrationWarning
    >
      {formatRelative(date, reference)}
    </time>
  );
}

/** How long something took, or is taking: then it counts. */
export function Duration({
  startedAt,
  finishedAt,
  className,
}: {
  startedAt: string | null;
  finishedAt: string | null;
  className?: string;
}) {
  const now = useFastNow(startedAt !== null && finishedAt === null);
  if (!startedAt) return <span className={className}>–</span>;
  const end = finishedAt ? new Date(finishedAt).getTime() : now;
  return (
    <span className={`tabular ${className ?? ""}`} suppressHydrationWarning>
      {formatTaken(Math.max(0, end - new Date(startedAt).getTime()))}
    </span>
  );
}

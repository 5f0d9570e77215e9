import { cn } from "@/components/ui/cn";
import type { EventOutcome } from "@/drizzle/enums";

export const outcomeLooks: Record<EventOutcome, { label: string; dot: string }> = {
  pending: { label: "Pending", dot: "bg-queued" },
  started: { label: "Started", dot: "bg-completed" },
  duplicate: { label: "Duplicate", dot: "bg-running" },
  ignored: { label: "Ignored", dot: "bg-canceled" },
  rejected: { label: "Rejected", dot: "bg-failed" },
  limited: { label: "Left out", dot: "bg-canceled" },
};

export function OutcomeBadge({ outcome }: { outcome: EventOutcome }) {
  const { label, dot } = outcomeLooks[outcome];
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap text-xs">
      <span aria-hidden="true" className={cn("size-2 rounded-full", dot)} />
      {label}
    </span>
  );
}

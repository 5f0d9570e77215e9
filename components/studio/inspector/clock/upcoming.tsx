import { useMemo } from "react";
import { TimeList } from "@/components/triggers/time-list";
import { useSlowNow } from "@/components/ui/clock";
import type { ActionVersionResource } from "@/lib/actions/contract";
import { nextTimes } from "@/lib/triggers/clock/next-times";
import { checkClock } from "@/lib/workflows/definition/check-clock";
import { isValid, Problems } from "@/lib/workflows/definition/problems";
import type { WorkflowNode } from "@/lib/workflows/definition/schema";

/** When a clock would start runs, while it is being set. */
export function Upcoming({ node, action }: { node: WorkflowNode; action: ActionVersionResource }) {
  const now = useSlowNow();
  const shown = useMemo(() => {
    const problems = new Problems();
    const settings = checkClock(node, action, problems);
    return isValid(problems.list) ? { settings, times: nextTimes(settings, new Date(now), 10) } : null;
  }, [node, action, now]);
  if (!shown) return <p className="text-ink-faint text-xs">The next times are shown once the settings are right.</p>;
  const { settings, times } = shown;
  return (
    <section aria-label="Next times" className="rounded-md border border-line bg-sunken px-3 py-2.5">
      <h3 className="mb-1.5 flex justify-between gap-3 text-xs">
        <span className="font-medium">{settings.timing.kind === "cron" ? "Next times" : "If deployed now"}</span>
        <span className="truncate text-ink-faint">{settings.timeZone}</span>
      </h3>
      <TimeList times={times.map((time) => time.toISOString())} timeZone={settings.timeZone} />
    </section>
  );
}

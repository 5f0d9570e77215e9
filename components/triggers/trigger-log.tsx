"use client";
import { useQuery } from "@tanstack/react-query";
import { useProjectId } from "@/components/projects/use-project";
import { QueryError } from "@/components/query/query-error";
import { cn } from "@/components/ui/cn";
import { formatClock } from "@/components/ui/format";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { LogStream } from "@/drizzle/enums";
import { triggerLogQuery } from "./queries";

const inks: Record<LogStream, string> = { stdout: "text-ink", stderr: "text-failed", system: "text-ink-faint italic" };

/** The last lines that a trigger wrote. */
export function TriggerLog({ workflowId }: { workflowId: string }) {
  const projectId = useProjectId();
  const { data, error, refetch } = useQuery(triggerLogQuery(projectId, workflowId));
  if (error) return <QueryError title="The log could not be read" error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows label="Loading the trigger's log" />;
  const lines = data.items;
  return (
    <div>
      <h3 className="text-ink-faint text-xs">Log</h3>
      {lines.length === 0 ? (
        <p className="mt-1 text-ink-soft text-sm">Nothing was logged.</p>
      ) : (
        <section
          aria-label="The trigger's log"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
          tabIndex={0}
          className="mt-1 flex max-h-72 flex-col-reverse overflow-auto rounded-lg border border-line bg-sunken p-2"
        >
          <ol className="font-mono text-xs">
            {lines.map(({ id, at, stream, line }) => (
              <li key={id} className="flex gap-3">
                <time dateTime={at} className="shrink-0 text-ink-faint" suppressHydrationWarning>
                  {formatClock(new Date(at))}
                </time>
                <span className={cn("whitespace-pre-wrap break-all", inks[stream])}>{line}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

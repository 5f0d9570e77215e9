import { CopyButton } from "@/components/ui/copy-button";
import type { TriggerKind } from "@/lib/triggers/kinds";
import type { WorkflowResource } from "@/lib/workflows/contract";

export const triggerLabels: Record<TriggerKind, string> = {
  http_api: "HTTP API",
  webhook: "Webhook",
  clock: "Clock",
  manual: "By hand",
  listening: "Listening",
};

export function MethodTag({ method }: { method: string }) {
  return (
    <span className="rounded-sm bg-accent/12 px-1.5 py-0.5 font-medium font-mono text-2xs text-accent">{method}</span>
  );
}

/** Where a workflow can be called, else what starts it. */
export function Endpoint({ workflow }: { workflow: WorkflowResource }) {
  const { endpoint, trigger } = workflow;
  if (!endpoint) {
    return <span className="text-ink-faint text-xs">{trigger ? triggerLabels[trigger] : "No trigger yet"}</span>;
  }
  return (
    <span className="relative flex min-w-0 items-center gap-1.5">
      <MethodTag method={endpoint.method} />
      <code className="min-w-0 truncate font-mono text-xs">{endpoint.path}</code>
      <CopyButton text={endpoint.url} what={`the URL of ${workflow.name}`} />
    </span>
  );
}

import { CopyButton } from "@/components/ui/copy-button";
import type { TriggerKind } from "@/lib/triggers/kinds";
import type { WorkflowResource } from "@/lib/workflows/contract";

export const triggerLabels: Record<TriggerKind, string> = {
  http_api: "HTTP API",
  form: "Form",
  webhook: "Webhook",
  clock: "Clock",
  manual: "By hand",
  workflow_end: "After a workflow",
  listening: "Listening",
};

export function MethodTag({ method }: { method: string }) {
  return (
    <span className="rounded-sm bg-accent/12 px-1.5 py-0.5 font-medium font-mono text-2xs text-accent">{method}</span>
  );
}

/** Where a workflow can be called, else what starts it. */
export function Endpoint({ workflow, formUrl }: { workflow: WorkflowResource; formUrl?: string | null | undefined }) {
  const { endpoint, trigger } = workflow;
  if (formUrl) {
    return (
      <span className="relative flex min-w-0 items-center gap-1.5">
        <a href={formUrl} className="min-w-0 truncate text-accent text-xs underline-offset-2 hover:underline">
          {formUrl}
        </a>
        <CopyButton text={formUrl} what={`the form of ${workflow.name}`} />
      </span>
    );
  }
  if (!endpoint) {
    return <span className="text-ink-faint text-xs">{trigger ? triggerLabels[trigger] : "No trigger yet"}</span>;
  }
  return (
    <span className="relative flex min-w-0 items-center gap-1.5">
      <MethodTag method={endpoint.method} />
      <code title={endpoint.path} className="min-w-0 truncate font-mono text-xs">
        {endpoint.path}
      </code>
      <CopyButton text={endpoint.url} what={`the URL of ${workflow.name}`} />
    </span>
  );
}

import { ChevronRight, CircleX } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";
import type { StepResource } from "@/lib/runs/contract";

type ShownError = NonNullable<StepResource["error"]>;

function tracebackOf({ type, message, stack }: ShownError): string {
  const frames = stack.map(({ file, line, name }) => `  at ${name || "?"} (${file}${line === null ? "" : `:${line}`})`);
  return [...frames, `${type}: ${message}`].join("\n");
}

/** What went wrong in a step, its traceback folded away. */
export function ErrorView({ error }: { error: ShownError }) {
  const traceback = tracebackOf(error);
  return (
    <div className="rounded-lg border border-danger-line bg-danger-soft p-4 text-sm">
      <div className="flex items-start gap-2.5">
        <CircleX size={16} className="mt-0.5 shrink-0 text-failed" aria-hidden="true" />
        <div className="min-w-0 flex-1">
          <p className="font-medium text-failed">
            {error.type}
            {error.code !== null && ` (answered ${error.code})`}
          </p>
          <p className="mt-0.5 whitespace-pre-wrap break-words">{error.message}</p>
        </div>
        <CopyButton text={traceback} what="the error" />
      </div>
      {error.stack.length > 0 && (
        <details className="group mt-3">
          <summary className="flex w-fit items-center gap-1 rounded-sm text-ink-soft text-xs">
            <ChevronRight size={13} aria-hidden="true" className="transition-transform group-open:rotate-90" />
            Traceback
          </summary>
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
            tabIndex={0}
            className="mt-2 max-h-80 overflow-auto rounded-md bg-sunken p-3 font-mono text-xs leading-5"
          >
            {traceback}
          </pre>
        </details>
      )}
    </div>
  );
}

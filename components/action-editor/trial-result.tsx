import { CircleCheck, File } from "lucide-react";
import { ErrorView } from "@/components/runs/error-view";
import { cn } from "@/components/ui/cn";
import { CodeBlock } from "@/components/ui/code-block";
import { formatBytes, formatDuration } from "@/components/ui/format";
import { JsonTree } from "@/components/ui/json-tree";
import type { TrialLine, TrialOutput } from "@/lib/actions/trial/contract";
import type { TrialView } from "./use-trial";

/** How a test went: its log as it comes, then its outputs or what went wrong. */
export function TrialResult({ trial: { isRunning, log, end } }: { trial: TrialView }) {
  if (!isRunning && !end && log.length === 0) return null;
  return (
    <section aria-label="Result of the test" className="flex flex-col gap-4" aria-busy={isRunning}>
      <p role="status" className="text-sm">
        {isRunning && <span className="text-running">Running …</span>}
        {end?.state === "completed" && (
          <span className="flex items-center gap-1.5 text-completed">
            <CircleCheck size={15} aria-hidden="true" />
            Completed in {formatDuration(end.durationMs ?? 0)}
          </span>
        )}
      </p>
      {end?.error && <ErrorView error={{ ...end.error, code: null, node: null }} />}
      {end?.outputs && (
        <dl aria-label="Outputs" className="flex flex-col gap-3">
          {Object.entries(end.outputs).map(([name, output]) => (
            <div key={name} className="min-w-0">
              <dt className="mb-1 font-medium font-mono text-ink-soft text-xs">{name}</dt>
              <dd>
                <Output name={name} output={output} />
              </dd>
            </div>
          ))}
          {Object.keys(end.outputs).length === 0 && <p className="text-ink-faint text-sm">It gives no outputs.</p>}
        </dl>
      )}
      <Log lines={log} isCut={end?.isLogCut ?? false} />
    </section>
  );
}

function Output({ name, output }: { name: string; output: TrialOutput }) {
  if (output.kind === "value") {
    const { value } = output;
    if (typeof value === "object" && value !== null) return <JsonTree value={value} label={name} maxHeight={280} />;
    return <CodeBlock code={String(value)} what={name} />;
  }
  return (
    <div className="flex flex-col gap-2">
      <p className="flex items-center gap-2 text-sm">
        {output.kind === "file" && <File size={14} aria-hidden="true" className="text-ink-faint" />}
        {output.kind === "file" ? output.name : "The beginning of a large value"}
        <span className="tabular text-ink-faint text-xs">{formatBytes(output.size)}</span>
      </p>
      {output.beginning && <CodeBlock code={output.beginning} what={name} />}
    </div>
  );
}

const colors: Record<TrialLine["stream"], string> = {
  build: "text-ink-faint",
  stdout: "",
  stderr: "text-warning",
  system: "text-running",
};

function Log({ lines, isCut }: { lines: TrialLine[]; isCut: boolean }) {
  if (lines.length === 0) return null;
  return (
    <div>
      <h2 className="mb-1 font-medium text-ink-soft text-xs">Log</h2>
      <div
        role="log"
        aria-label="Log of the test"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
        tabIndex={0}
        className="max-h-72 overflow-auto whitespace-pre-wrap rounded-lg bg-sunken px-3 py-2.5 font-mono text-xs leading-5 [overflow-wrap:anywhere]"
      >
        {lines.map(({ stream, line }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and only come at the end
          <div key={index} className={cn(colors[stream])}>
            {line}
          </div>
        ))}
        {isCut && <div className="text-ink-faint">… the log goes on; a run keeps all of it.</div>}
      </div>
    </div>
  );
}

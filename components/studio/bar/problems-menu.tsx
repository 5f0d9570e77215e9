import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import { Popover as Radix } from "radix-ui";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { summarizeProblems } from "@/components/ui/problem-list";
import type { Issue } from "@/lib/errors";
import { titleOf } from "../catalog";
import { answerId } from "../definition-to-flow";
import { placeOf } from "../problem-place";
import { useEditor, useStudio } from "../use-studio";

/** Whether the draft could be deployed, and all that keeps it from that: each leads to where it is mended. */
export function ProblemsMenu({ onReveal }: { onReveal: (node: string) => void }) {
  const { problems } = useStudio();
  const [isOpen, setOpen] = useState(false);
  if (problems.length === 0) {
    return (
      <span role="status" className="flex items-center gap-1.5 text-ink-soft text-xs">
        <CircleCheck size={14} className="text-completed" aria-hidden="true" />
        <span className="hidden sm:inline">Nothing is wrong</span>
      </span>
    );
  }
  const hasErrors = problems.some((problem) => problem.severity !== "warning");
  return (
    <Radix.Root open={isOpen} onOpenChange={setOpen}>
      <Radix.Trigger
        className={cn(
          "flex h-7 items-center gap-1.5 whitespace-nowrap rounded-full border px-2.5 text-xs hover:bg-hover",
          hasErrors ? "border-danger-line text-danger" : "border-warning-line text-warning",
        )}
      >
        <Sign isWarning={!hasErrors} />
        {summarizeProblems(problems)}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label="Problems"
          align="end"
          sideOffset={8}
          collisionPadding={8}
          className="z-50 max-h-[min(32rem,70dvh)] w-[min(28rem,calc(100vw-1rem))] animate-pop overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-pop"
        >
          <ul aria-label="Problems">
            {problems.map((problem) => (
              <li key={`${problem.path} ${problem.code} ${problem.message}`}>
                <Entry
                  problem={problem}
                  onDone={(node) => {
                    setOpen(false);
                    if (node) onReveal(node);
                  }}
                />
              </li>
            ))}
          </ul>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Sign({ isWarning }: { isWarning: boolean }) {
  return isWarning ? (
    <TriangleAlert size={14} className="shrink-0 text-warning" aria-hidden="true" />
  ) : (
    <CircleAlert size={14} className="shrink-0 text-danger" aria-hidden="true" />
  );
}

function Entry({ problem, onDone }: { problem: Issue; onDone: (node: string | null) => void }) {
  const { editor, catalog } = useStudio();
  const place = placeOf(problem);
  const node = useEditor((view) => view.definition.nodes.find((candidate) => candidate.id === place.node));
  const where = node ? titleOf(catalog, node) : place.node === answerId ? "Answer" : "The workflow";
  return (
    <button
      type="button"
      onClick={() => {
        editor.reveal(place);
        onDone(place.node);
      }}
      className="flex w-full items-start gap-2.5 rounded-md px-2.5 py-2 text-left text-sm hover:bg-hover"
    >
      <span className="mt-0.5">
        <Sign isWarning={problem.severity === "warning"} />
      </span>
      <span className="min-w-0">
        <span className="block">{problem.message}</span>
        <span className="block text-ink-faint text-xs">{where}</span>
      </span>
    </button>
  );
}

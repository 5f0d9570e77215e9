import { CircleAlert, TriangleAlert } from "lucide-react";
import type { Issue } from "@/lib/errors";
import { formatCount } from "./format";

/** Everything that is wrong with something, each with its place; warnings last. */
export function ProblemList({ problems, label }: { problems: Issue[]; label: string }) {
  const isWarning = (problem: Issue) => problem.severity === "warning";
  const sorted = [...problems].sort((left, right) => Number(isWarning(left)) - Number(isWarning(right)));
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {sorted.map((problem) => (
        <li
          key={`${problem.path}:${problem.line}:${problem.code}:${problem.message}`}
          className="flex items-start gap-3 px-4 py-2.5 text-sm"
        >
          {isWarning(problem) ? (
            <TriangleAlert size={15} className="mt-0.5 shrink-0 text-warning" aria-label="Warning" />
          ) : (
            <CircleAlert size={15} className="mt-0.5 shrink-0 text-danger" aria-label="Error" />
          )}
          <div className="min-w-0 flex-1">
            <p>{problem.message}</p>
            <p className="mt-0.5 break-all font-mono text-ink-faint text-xs">
              {problem.path}
              {problem.line !== undefined && `, line ${problem.line}`}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** `2 errors, 1 warning` */
export function summarizeProblems(problems: Issue[]): string {
  const warnings = problems.filter((problem) => problem.severity === "warning").length;
  const errors = problems.length - warnings;
  return [errors > 0 && formatCount(errors, "error"), warnings > 0 && formatCount(warnings, "warning")]
    .filter(Boolean)
    .join(", ");
}

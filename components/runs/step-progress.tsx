import type { StepProgress } from "@/lib/runs/outcome";

export function percentOf({ fraction }: StepProgress): string {
  return `${Math.floor(fraction * 100)} %`;
}

/** How far a handler says that it is, and what it is at. */
export function ProgressBar({ progress }: { progress: StepProgress }) {
  return (
    <div className="flex flex-col gap-1.5 text-sm">
      <p className="flex justify-between gap-3">
        <span className="min-w-0 break-words">{progress.message || "Under way"}</span>
        <span className="shrink-0 text-ink-soft tabular-nums">{percentOf(progress)}</span>
      </p>
      <div
        role="progressbar"
        aria-label="Progress"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(progress.fraction * 100)}
        className="h-1.5 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width] duration-500"
          style={{ width: percentOf(progress).replace(" ", "") }}
        />
      </div>
    </div>
  );
}

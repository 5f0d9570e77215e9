import { cn } from "./cn";

/** A place that is being filled. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn("animate-breathe rounded-md bg-line", className)} />;
}

const widths = ["w-3/5", "w-2/5", "w-1/2", "w-1/3"];

/** The shape of a list that is being read. */
export function SkeletonRows({ rows = 6, label }: { rows?: number; label: string }) {
  const keys = Array.from({ length: rows }, (_, index) => `row-${index}`);
  return (
    <div role="status" aria-label={label} className="divide-y divide-line rounded-lg border border-line bg-surface">
      {keys.map((key, index) => (
        <div key={key} className="flex h-16 items-center gap-4 px-4">
          <Skeleton className="size-8 rounded-full" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className={cn("h-3", widths[index % widths.length])} />
            <Skeleton className="h-2.5 w-1/4" />
          </div>
          <Skeleton className="h-3 w-16" />
        </div>
      ))}
    </div>
  );
}

import { cn } from "@/components/ui/cn";
import type { Nearness } from "./amount";

const fills: Record<Nearness, string> = { calm: "bg-accent", near: "bg-canceled", full: "bg-failed" };

/** How much of a limit is in use. `text` says the same in words. */
export function Meter({
  label,
  text,
  used,
  limit,
  near,
}: {
  label: string;
  text: string;
  used: number;
  limit: number;
  near: Nearness;
}) {
  const share = limit > 0 ? Math.min(1, used / limit) : Math.min(1, used);
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers do not let the element's own bar be styled alike
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(limit, used, 1)}
      aria-valuenow={used}
      aria-valuetext={text}
      className="h-1.5 overflow-hidden rounded-full bg-line"
    >
      {used > 0 && (
        <div className={cn("h-full min-w-1 rounded-full", fills[near])} style={{ width: `${share * 100}%` }} />
      )}
    </div>
  );
}

import { Ban, CircleCheck, CircleDashed, CircleX, LoaderCircle, type LucideIcon, SkipForward } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { StepState } from "@/drizzle/enums";

/** How the states of runs and steps look, the same everywhere. */
export const stateLooks: Record<
  StepState,
  { label: string; icon: LucideIcon; text: string; fill: string; rim: string }
> = {
  queued: { label: "Queued", icon: CircleDashed, text: "text-queued", fill: "bg-queued", rim: "border-queued/60" },
  running: { label: "Running", icon: LoaderCircle, text: "text-running", fill: "bg-running", rim: "border-running/60" },
  completed: {
    label: "Completed",
    icon: CircleCheck,
    text: "text-completed",
    fill: "bg-completed",
    rim: "border-completed/60",
  },
  failed: { label: "Failed", icon: CircleX, text: "text-failed", fill: "bg-failed", rim: "border-failed/60" },
  canceled: { label: "Canceled", icon: Ban, text: "text-canceled", fill: "bg-canceled", rim: "border-canceled/60" },
  skipped: { label: "Skipped", icon: SkipForward, text: "text-skipped", fill: "bg-skipped", rim: "border-skipped/60" },
};

export function StateIcon({ state, size = 16 }: { state: StepState; size?: number }) {
  const { icon: Icon, text, label } = stateLooks[state];
  return (
    <Icon
      size={size}
      aria-label={label}
      role="img"
      className={cn("shrink-0", text, state === "running" && "animate-turn")}
    />
  );
}

export function StateBadge({ state, note }: { state: StepState; note?: string }) {
  const { icon: Icon, text, label } = stateLooks[state];
  return (
    <span
      className={cn(
        "inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-full border border-current/25 px-2 font-medium text-xs",
        text,
      )}
    >
      <Icon size={13} aria-hidden="true" className={cn(state === "running" && "animate-turn")} />
      {note ?? label}
    </span>
  );
}

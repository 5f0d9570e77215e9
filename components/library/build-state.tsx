import { CircleCheck, CircleDashed, CircleX, LoaderCircle, type LucideIcon } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { ActionVersionState } from "@/drizzle/enums";

const looks: Record<ActionVersionState, { label: string; icon: LucideIcon; text: string }> = {
  pending: { label: "Waiting", icon: CircleDashed, text: "text-queued" },
  building: { label: "Building", icon: LoaderCircle, text: "text-running" },
  built: { label: "Built", icon: CircleCheck, text: "text-completed" },
  failed: { label: "Build failed", icon: CircleX, text: "text-failed" },
};

export function BuildState({ state }: { state: ActionVersionState }) {
  const { label, icon: Icon, text } = looks[state];
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap text-xs", text)}>
      <Icon size={14} aria-hidden="true" className={cn(state === "building" && "animate-turn")} />
      {label}
    </span>
  );
}

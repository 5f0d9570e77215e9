import { CircleCheck, CircleDashed, CircleX, LoaderCircle, type LucideIcon } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { SourceState as State } from "@/drizzle/enums";

const looks: Record<State, { label: string; icon: LucideIcon; text: string }> = {
  waiting: { label: "Not scanned yet", icon: CircleDashed, text: "text-queued" },
  scanning: { label: "Scanning", icon: LoaderCircle, text: "text-running" },
  scanned: { label: "Scanned", icon: CircleCheck, text: "text-completed" },
  failed: { label: "Scan failed", icon: CircleX, text: "text-failed" },
};

export function SourceState({ state }: { state: State }) {
  const { label, icon: Icon, text } = looks[state];
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap text-xs", text)}>
      <Icon size={14} aria-hidden="true" className={cn(state === "scanning" && "animate-turn")} />
      {label}
    </span>
  );
}

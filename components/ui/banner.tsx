import type { ReactNode } from "react";
import { cn } from "./cn";

const tones = {
  warning: "border-warning-line bg-warning-soft [&_[data-icon]]:text-warning",
  info: "border-accent/30 bg-accent/6 [&_[data-icon]]:text-accent",
} as const;

/** Something that holds for the whole page. */
export function Banner({ tone, icon, children }: { tone: keyof typeof tones; icon: ReactNode; children: ReactNode }) {
  return (
    <div className={cn("flex items-start gap-3 rounded-lg border px-4 py-3 text-sm", tones[tone])}>
      <span data-icon className="mt-0.5 shrink-0" aria-hidden="true">
        {icon}
      </span>
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}

import type { ReactNode } from "react";
import { cn } from "./cn";

/** A list without entries: says what would stand here and offers the next step. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  className,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <div
      className={cn(
        "flex flex-col items-center gap-3 rounded-lg border border-line border-dashed px-6 py-14 text-center",
        className,
      )}
    >
      {icon && <div className="rounded-full bg-sunken p-3 text-ink-faint">{icon}</div>}
      <h2 className="font-semibold text-lg">{title}</h2>
      {children && <div className="max-w-md text-balance text-ink-soft text-sm">{children}</div>}
      {action && <div className="mt-1 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

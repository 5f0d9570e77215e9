import { type ReactNode, useId } from "react";
import { cn } from "./cn";

/** A titled part of a page, on a surface of its own. */
export function Section({
  title,
  description,
  actions,
  children,
  className,
}: {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cn("rounded-lg border border-line bg-surface shadow-card", className)}>
      <header
        className={cn(
          "flex flex-wrap justify-between gap-3 border-line border-b px-5 py-4",
          description ? "items-start" : "items-center",
        )}
      >
        <div className="min-w-0">
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
          {description && <p className="mt-0.5 max-w-2xl text-ink-soft text-sm">{description}</p>}
        </div>
        {actions}
      </header>
      {children}
    </section>
  );
}

/** What is known of something, as names and values. */
export function Facts({
  items,
  areShort = false,
}: {
  items: { label: string; value: ReactNode }[];
  /** Numbers and the like, of which more stand side by side. */
  areShort?: boolean;
}) {
  return (
    <dl
      className={cn(
        "grid gap-x-6 gap-y-4",
        areShort ? "grid-cols-[repeat(auto-fit,minmax(6rem,1fr))]" : "grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))]",
      )}
    >
      {items.map((item) => (
        <div key={item.label} className="min-w-0">
          <dt className="text-ink-faint text-xs">{item.label}</dt>
          <dd className="flex min-h-7 min-w-0 items-center text-sm">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

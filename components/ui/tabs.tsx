"use client";
import { Tabs as Radix } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { cn } from "./cn";
import { useActiveInView } from "./use-active-in-view";

export interface Tab<Value extends string> {
  value: Value;
  label: ReactNode;
  /** Shown small beside the label. */
  count?: number | undefined;
  content: ReactNode;
}

/** Which tab is open belongs to whoever shows them, so that it can stand in the URL. */
export function Tabs<Value extends string>({
  label,
  value,
  onChange,
  tabs,
  className,
  contentClassName,
}: {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  tabs: Tab<Value>[];
  className?: string;
  contentClassName?: string;
}) {
  const row = useRef<HTMLDivElement>(null);
  useActiveInView(row, value);
  return (
    <Radix.Root
      value={value}
      onValueChange={(chosen) => {
        const tab = tabs.find((candidate) => candidate.value === chosen);
        if (tab) onChange(tab.value);
      }}
      className={className}
    >
      <Radix.List ref={row} aria-label={label} className="fade-edges flex gap-1 overflow-x-auto border-line border-b">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px flex items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 px-2.5 py-2 text-ink-soft text-sm transition-colors hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {tab.label}
            {tab.count !== undefined && (
              <span className="tabular rounded-full bg-sunken px-1.5 text-2xs text-ink-faint">{tab.count}</span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className={cn("pt-5 outline-none", contentClassName)}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

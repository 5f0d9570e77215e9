"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { cn } from "./cn";
import type { RowsProps } from "./rows";
import { useRowInView } from "./use-row-in-view";

export function VirtualRows({
  count,
  rowHeight,
  maxHeight,
  label,
  keyOf,
  renderRow,
  isWide = false,
  className,
  shownRow = null,
}: RowsProps) {
  const scroller = useRef<HTMLElement>(null);
  useRowInView(scroller, shownRow, rowHeight);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
    overscan: 12,
    initialRect: { width: 0, height: Math.min(maxHeight, count * rowHeight) },
  });
  return (
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
      tabIndex={0}
      aria-label={label}
      style={{ maxHeight }}
      className={cn("overflow-auto focus-visible:-outline-offset-2", className)}
    >
      <div className={cn("relative", isWide && "min-w-max")} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => (
          <div
            key={item.key}
            className="absolute inset-x-0 top-0"
            style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
          >
            {renderRow(item.index)}
          </div>
        ))}
      </div>
    </section>
  );
}

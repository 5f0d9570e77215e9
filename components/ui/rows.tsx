"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useRef } from "react";
import { cn } from "./cn";
import { useRowInView } from "./use-row-in-view";

const VirtualRows = dynamic(() => import("./virtual-rows").then((module) => module.VirtualRows));

/** Up to here, making all rows costs less than finding out which are in view. */
const fewRows = 80;

export interface RowsProps {
  count: number;
  rowHeight: number;
  maxHeight: number;
  label: string;
  keyOf: (index: number) => string;
  renderRow: (index: number) => ReactNode;
  /** Rows may be wider than the list, which then scrolls sideways too. */
  isWide?: boolean;
  className?: string;
  /** The row that is scrolled to whenever it changes. */
  shownRow?: number | null;
}

/** A list of rows of one height, which scrolls by itself beyond `maxHeight`; of many, only those in view are made. */
export function Rows(props: RowsProps) {
  return props.count > fewRows ? <VirtualRows {...props} /> : <FewRows {...props} />;
}

function FewRows(props: RowsProps) {
  const { count, rowHeight, maxHeight, label, keyOf, renderRow, isWide, className, shownRow = null } = props;
  const list = useRef<HTMLElement>(null);
  useRowInView(list, shownRow, rowHeight);
  return (
    <section
      ref={list}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
      tabIndex={0}
      aria-label={label}
      style={{ maxHeight }}
      className={cn("overflow-auto focus-visible:-outline-offset-2", className)}
    >
      <div className={cn(isWide && "min-w-max")}>
        {Array.from({ length: count }, (_, index) => (
          <div key={keyOf(index)} style={{ height: rowHeight }}>
            {renderRow(index)}
          </div>
        ))}
      </div>
    </section>
  );
}

"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import { cn } from "./cn";

const rowHeight = 28;
const maxHeight = 480;
/** Widths are found from so many rows, in characters. */
const sampledRows = 60;
const [narrowest, widest] = [6, 40];
const maxCellText = 300;

const numberPattern = /^-?[\d., ]+%?$/;

/** Numbers are compared by their ends, and so is what stands above them. */
function isNumeric(rows: string[][], index: number): boolean {
  const texts = rows.slice(0, sampledRows).flatMap((row) => row[index] || []);
  return texts.length > 0 && texts.every((text) => numberPattern.test(text));
}

function widthsOf(columns: string[], rows: string[][]): number[] {
  const sample = [columns, ...rows.slice(0, sampledRows)];
  return columns.map((_, index) => {
    const longest = Math.max(...sample.map((row) => row[index]?.length ?? 0));
    return Math.min(widest, Math.max(narrowest, longest)) + 3;
  });
}

/** Rows of text under named columns; of many rows, only those in view are made. */
export function DataTable({ columns, rows, label }: { columns: string[]; rows: string[][]; label: string }) {
  const scroller = useRef<HTMLElement>(null);
  const widths = useMemo(() => widthsOf(columns, rows), [columns, rows]);
  const numeric = useMemo(() => columns.map((_, index) => isNumeric(rows, index)), [columns, rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialRect: { width: 0, height: maxHeight },
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
      tabIndex={0}
      aria-label={label}
      style={{ maxHeight }}
      className="overflow-auto rounded-lg border border-line bg-surface focus-visible:-outline-offset-2"
    >
      <table
        aria-rowcount={rows.length + 1}
        className="min-w-full table-fixed border-separate border-spacing-0 text-xs"
      >
        <colgroup>
          <col style={{ width: "3.75rem" }} />
          {widths.map((width, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns may share a name, and never move
            <col key={index} style={{ width: `${width}ch` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <td className="sticky top-0 border-line border-b bg-sunken" />
            {columns.map((column, index) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: columns may share a name, and never move
                key={index}
                scope="col"
                title={column}
                className={cn(
                  "sticky top-0 truncate border-line border-b bg-sunken px-2.5 py-1.5 font-medium text-ink-soft",
                  numeric[index] ? "text-right" : "text-left",
                )}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr style={{ height: before }} />}
          {items.map((item) => (
            <tr key={item.key} aria-rowindex={item.index + 2} style={{ height: rowHeight }} className="hover:bg-hover">
              <td className="tabular select-none px-2.5 text-right text-ink-faint">{item.index + 1}</td>
              {columns.map((_, index) => (
                <Cell
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns may share a name, and never move
                  key={index}
                  text={rows[item.index]?.[index] ?? ""}
                  isNumber={numeric[index] === true}
                />
              ))}
            </tr>
          ))}
          {after > 0 && <tr style={{ height: after }} />}
        </tbody>
      </table>
    </section>
  );
}

function Cell({ text, isNumber }: { text: string; isNumber: boolean }) {
  return (
    <td
      title={text.length > narrowest ? text.slice(0, maxCellText) : undefined}
      className={`max-w-0 truncate border-line/60 border-b px-2.5 ${isNumber ? "tabular text-right" : ""}`}
    >
      {text.slice(0, maxCellText)}
    </td>
  );
}

"use client";
import { WrapText } from "lucide-react";
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { IconButton } from "./button";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";
import { formatCount } from "./format";
import { Rows } from "./rows";
import { SearchField } from "./search-field";
import { maxRowLength, textRows } from "./text-lines";

const rowHeight = 20;
/** What a character and the numbers beside the text take up. */
const characterPixels = 7.25;
const gutterPixels = 72;
const fewestColumns = 20;

function useColumns(place: RefObject<HTMLElement | null>): number {
  const [columns, setColumns] = useState(80);
  useEffect(() => {
    if (!place.current) return;
    const observer = new ResizeObserver(([entry]) => {
      const room = (entry?.contentRect.width ?? 0) - gutterPixels;
      setColumns(Math.max(fewestColumns, Math.floor(room / characterPixels)));
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [place]);
  return columns;
}

/** A text of many lines: numbered, searched, wrapped; only what is in view is laid out. */
export function TextViewer({ text, label, maxHeight = 480 }: { text: string; label: string; maxHeight?: number }) {
  const place = useRef<HTMLDivElement>(null);
  const fitting = useColumns(place);
  const [isWrapped, setWrapped] = useState(true);
  const [search, setSearch] = useState("");
  const columns = isWrapped ? fitting : maxRowLength;
  const rows = useMemo(() => textRows(text, columns, search), [text, columns, search]);
  const lines = rows.filter((row) => row.number !== null).length;
  return (
    <div ref={place} className="overflow-hidden rounded-lg border border-line bg-sunken">
      <div className="flex items-center gap-2 border-line border-b px-2 py-1.5">
        <SearchField label={`Search ${label}`} value={search} onChange={setSearch} className="max-w-64 flex-1" />
        <span role="status" className="tabular ml-auto text-ink-faint text-xs">
          {formatCount(lines, "line")}
        </span>
        <IconButton
          label="Wrap lines"
          size="sm"
          aria-pressed={isWrapped}
          className={cn(isWrapped && "bg-hover text-ink")}
          onClick={() => setWrapped(!isWrapped)}
        >
          <WrapText size={13} />
        </IconButton>
        <CopyButton text={text} what={label} />
      </div>
      {rows.length === 0 ? (
        <p className="px-4 py-6 text-center text-ink-faint text-sm">No line holds “{search}”.</p>
      ) : (
        <Rows
          count={rows.length}
          rowHeight={rowHeight}
          maxHeight={maxHeight}
          label={label}
          keyOf={String}
          isWide
          className="py-1.5"
          renderRow={(index) => (
            <div className="flex h-full whitespace-pre pr-3 font-mono text-xs leading-5">
              <span className="tabular w-14 shrink-0 select-none pr-4 text-right text-ink-faint">
                {rows[index]?.number}
              </span>
              <span>{rows[index]?.text}</span>
            </div>
          )}
        />
      )}
    </div>
  );
}

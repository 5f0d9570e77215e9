"use client";
import { ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";
import { formatBytes, formatCount } from "./format";
import { type JsonRow, jsonRows, searchJson } from "./json-rows";
import { Rows } from "./rows";
import { SearchField } from "./search-field";

/** More than this, with its indents, is not made a tree of; the reader gets its beginning and the rest as a file. */
const maxTreeBytes = 8 * 1024 * 1024;
const rowHeight = 24;
const maxShownText = 400;
const searchableRows = 8;

export interface JsonTreeProps {
  value: unknown;
  /** What is shown, for screen readers. */
  label: string;
  maxHeight?: number;
}

/** A JSON value that can be searched, folded and copied from, however large. */
export function JsonTree({ value, label, maxHeight = 480 }: JsonTreeProps) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [search, setSearch] = useState("");
  const text = useMemo(() => JSON.stringify(value, null, 2) ?? "null", [value]);
  const shown = useMemo(() => (search ? searchJson(value, search) : null), [value, search]);
  const isTooLarge = text.length > maxTreeBytes;
  const rows = useMemo(
    () => (isTooLarge ? [] : jsonRows(value, { toggled, shown })),
    [value, toggled, shown, isTooLarge],
  );
  if (isTooLarge) return <Beginning text={text} label={label} />;
  const toggle = (path: string) => {
    const next = new Set(toggled);
    if (!next.delete(path)) next.add(path);
    setToggled(next);
  };
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-sunken">
      <div className="flex items-center gap-2 border-line border-b px-2 py-1.5">
        {text.length > 300 || rows.length > searchableRows ? (
          <SearchField label={`Search ${label}`} value={search} onChange={setSearch} className="max-w-64 flex-1" />
        ) : (
          <span className="px-1.5 text-ink-faint text-xs">{label}</span>
        )}
        <span className="tabular ml-auto text-ink-faint text-xs">{formatBytes(text.length)}</span>
        <CopyButton text={text} what={label} />
      </div>
      {shown?.size === 0 ? (
        <p className="px-4 py-6 text-center text-ink-faint text-sm">Nothing in it matches “{search}”.</p>
      ) : (
        <Tree rows={rows} label={label} maxHeight={maxHeight} onToggle={toggle} canToggle={!shown} />
      )}
    </div>
  );
}

function Beginning({ text, label }: { text: string; label: string }) {
  return (
    <div className="rounded-lg border border-line bg-sunken">
      <div className="flex items-center justify-between border-line border-b px-3 py-1.5 text-ink-faint text-xs">
        <span>
          The first {formatBytes(10_000)} of {formatBytes(text.length)}
        </span>
        <CopyButton text={text} what={label} />
      </div>
      <pre className="max-h-96 overflow-auto px-4 py-3 font-mono text-xs">{text.slice(0, 10_000)}</pre>
    </div>
  );
}

interface TreeProps {
  rows: JsonRow[];
  label: string;
  maxHeight: number;
  canToggle: boolean;
  onToggle: (path: string) => void;
}

function Tree({ rows, label, maxHeight, canToggle, onToggle }: TreeProps) {
  return (
    <Rows
      count={rows.length}
      rowHeight={rowHeight}
      maxHeight={maxHeight}
      label={label}
      keyOf={(index) => rows[index]?.path ?? ""}
      renderRow={(index) => {
        const row = rows[index];
        return row && <Row row={row} canToggle={canToggle} onToggle={onToggle} />;
      }}
      isWide
      className="py-1.5"
    />
  );
}

function Row({ row, canToggle, onToggle }: { row: JsonRow } & Pick<TreeProps, "canToggle" | "onToggle">) {
  const isBranch = row.size > 0;
  return (
    <div
      className="group flex h-full items-center gap-1.5 whitespace-pre pr-2 font-mono text-xs hover:bg-hover"
      style={{ paddingLeft: 8 + row.depth * 16 }}
    >
      {isBranch ? (
        <button
          type="button"
          aria-expanded={row.isOpen}
          aria-label={`${row.isOpen ? "Fold" : "Unfold"} ${row.path}`}
          disabled={!canToggle}
          onClick={() => onToggle(row.path)}
          className="rounded-sm p-0.5 text-ink-faint hover:text-ink"
        >
          <ChevronRight size={12} className={cn("transition-transform", row.isOpen && "rotate-90")} />
        </button>
      ) : (
        <span className="w-4" />
      )}
      {row.name !== null && <span className="text-ink-soft">{row.name}:</span>}
      <Preview row={row} />
      <span className="ml-1 flex opacity-0 focus-within:opacity-100 group-hover:opacity-100">
        <CopyButton text={row.path} what={`path ${row.path}`} />
      </span>
    </div>
  );
}

const colors: Record<JsonRow["kind"], string> = {
  object: "text-ink-faint",
  array: "text-ink-faint",
  string: "text-completed",
  number: "text-running",
  boolean: "text-canceled",
  null: "text-ink-faint",
};

function previewOf({ kind, value, size, isOpen }: JsonRow): string {
  if (kind === "object") return size === 0 ? "{}" : isOpen ? "{" : `{ ${formatCount(size, "key")} }`;
  if (kind === "array") return size === 0 ? "[]" : isOpen ? "[" : `[ ${formatCount(size, "item")} ]`;
  if (kind !== "string") return String(value);
  const text = JSON.stringify(value);
  return text.length > maxShownText
    ? `${text.slice(0, maxShownText)}… (${formatCount(text.length - 2, "character")})`
    : text;
}

const Preview = ({ row }: { row: JsonRow }) => <span className={colors[row.kind]}>{previewOf(row)}</span>;

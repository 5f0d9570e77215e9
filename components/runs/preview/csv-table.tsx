"use client";
import Papa from "papaparse";
import { useMemo } from "react";
import { DataTable } from "@/components/ui/data-table";
import { formatCount } from "@/components/ui/format";
import { TextViewer } from "@/components/ui/text-viewer";

const maxColumns = 200;

/** A CSV text as a table under its first line; its separator is found out. */
export function CsvTable({ text, isWhole, label }: { text: string; isWhole: boolean; label: string }) {
  const [columns = [], ...rows] = useMemo(() => {
    const { data } = Papa.parse<string[]>(text, { skipEmptyLines: true });
    // Where the text is broken off, so is its last row.
    return isWhole ? data : data.slice(0, -1);
  }, [text, isWhole]);
  if (columns.length === 0) return <TextViewer text={text} label={label} />;
  return (
    <>
      <p className="tabular text-ink-faint text-xs">
        {!isWhole && "The first "}
        {formatCount(rows.length, "row")} · {formatCount(columns.length, "column")}
        {columns.length > maxColumns && `, the first ${maxColumns} are shown`}
      </p>
      <DataTable columns={columns.slice(0, maxColumns)} rows={rows} label={label} />
    </>
  );
}

/** A long text as rows of one height. Pure. */

export interface TextRow {
  /** Of the line that it is the beginning of; null for what a line goes on with. */
  number: number | null;
  text: string;
}

/** A row without an end is more than a browser lays out at once. */
export const maxRowLength = 2_000;

/** Where a row of at most so many characters ends, if need be in the middle of a word. */
function rowEnd(line: string, from: number, columns: number): number {
  if (line.length - from <= columns) return line.length;
  const space = line.lastIndexOf(" ", from + columns);
  return space > from ? space + 1 : from + columns;
}

/** @param search only lines that hold it, in any case; empty for all */
export function textRows(text: string, columns: number, search = ""): TextRow[] {
  const wanted = search.toLowerCase();
  const lines = text.split(/\r\n|\r|\n/);
  // What ends a text's last line does not begin another one.
  if (lines.length > 1 && lines.at(-1) === "") lines.pop();
  return lines.flatMap((line, index) => {
    if (wanted && !line.toLowerCase().includes(wanted)) return [];
    const rows: TextRow[] = [];
    for (let from = 0; from < line.length || rows.length === 0; ) {
      const end = rowEnd(line, from, columns);
      rows.push({ number: from === 0 ? index + 1 : null, text: line.slice(from, end) });
      from = Math.max(end, from + 1);
    }
    return rows;
  });
}

import type { StoredValueLink } from "../stored-value";

/** How a stored value is looked at, and how much of it is fetched for that. Pure. */

export type PreviewKind = "image" | "pdf" | "table" | "json" | "text";

const patterns: [PreviewKind, RegExp][] = [
  ["image", /\.(png|jpe?g|gif|webp|avif|svg)$/i],
  ["pdf", /\.pdf$/i],
  ["table", /\.(csv|tsv)$/i],
  ["json", /\.(json|geojson)$/i],
];

/** Null for a folder, which comes as a zip. */
export function previewKindOf({ kind, name }: Pick<StoredValueLink, "kind" | "name">): PreviewKind | null {
  if (kind === "directory") return null;
  if (kind === "large") return "json";
  return patterns.find(([, pattern]) => pattern.test(name ?? ""))?.[0] ?? "text";
}

const mib = 1024 * 1024;

/** Of text the beginning is shown; what only makes sense as a whole is shown up to its limit. */
const maxBytes: Record<PreviewKind, number> = {
  image: 10 * mib,
  pdf: 20 * mib,
  table: 0.5 * mib,
  json: 2 * mib,
  text: 0.5 * mib,
};

export function canShow(kind: PreviewKind, size: number): boolean {
  return (kind !== "image" && kind !== "pdf") || size <= maxBytes[kind];
}

/** What is too large for a tree is read as text. */
export function bytesToRead(kind: PreviewKind, size: number): number {
  return kind === "json" && size > maxBytes.json ? maxBytes.text : maxBytes[kind];
}

/** A JSON text that is a text is shown as what it says, as far as it goes. */
export function textOfJson(json: string, isWhole: boolean): string {
  if (isWhole || !json.startsWith('"')) return json;
  // What is broken off may end in the middle of an escape, which is six characters long at most.
  for (let cut = 0; cut <= 6; cut++) {
    try {
      return JSON.parse(`${json.slice(0, json.length - cut)}"`) as string;
    } catch {
      // One character less, then.
    }
  }
  return json;
}

/** Whether it was text at all: no text has many characters that are none. */
export function isText(beginning: string): boolean {
  const sample = beginning.slice(0, 4_096);
  const strange = [...sample].filter((character) => character === "\u0000" || character === "\ufffd").length;
  return strange <= sample.length / 100;
}

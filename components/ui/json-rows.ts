/** A JSON value as the rows of a tree. Pure. */

export type JsonKind = "object" | "array" | "string" | "number" | "boolean" | "null";

export interface JsonRow {
  /** `$.items[3].name` */
  path: string;
  depth: number;
  /** The key or index; null for the root. */
  name: string | null;
  value: unknown;
  kind: JsonKind;
  /** Of an object or array: how many there are in it. */
  size: number;
  isOpen: boolean;
}

export function kindOf(value: unknown): JsonKind {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  if (type === "string" || type === "boolean" || type === "object") return type;
  return "number";
}

const plainName = /^[A-Za-z_$][\w$]*$/;

export function childPath(path: string, name: string, isIndex: boolean): string {
  if (isIndex) return `${path}[${name}]`;
  return plainName.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}

function childrenOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

/** Deeper than this, branches start out closed. */
const openDepth = 2;
/** A branch with more in it than this starts out closed wherever it is. */
const openSize = 100;

function startsOpen(depth: number, size: number): boolean {
  return depth < openDepth && size <= openSize;
}

interface Walk {
  /** The branches that the reader has opened or closed by hand. */
  toggled: ReadonlySet<string>;
  /** Null shows all; else the rows that match and those that lead to them. */
  shown: ReadonlySet<string> | null;
}

export function jsonRows(value: unknown, { toggled, shown }: Walk): JsonRow[] {
  const rows: JsonRow[] = [];
  const visit = (current: unknown, name: string | null, path: string, depth: number): void => {
    if (shown && !shown.has(path)) return;
    const kind = kindOf(current);
    const children = childrenOf(current);
    const isBranch = children.length > 0;
    const isOpen = isBranch && (shown !== null || startsOpen(depth, children.length) !== toggled.has(path));
    rows.push({ path, depth, name, value: current, kind, size: children.length, isOpen });
    if (!isOpen) return;
    for (const [childName, child] of children) {
      visit(child, childName, childPath(path, childName, kind === "array"), depth + 1);
    }
  };
  visit(value, null, "$", 0);
  return rows;
}

/** The paths of what holds the text, in its key or its value, and of all that leads there. */
export function searchJson(value: unknown, text: string): Set<string> {
  const wanted = text.toLowerCase();
  const shown = new Set<string>();
  const visit = (current: unknown, name: string | null, path: string, above: string[]): void => {
    const isBranch = typeof current === "object" && current !== null;
    const own = [name ?? "", isBranch ? "" : String(current)];
    const trail = [...above, path];
    if (own.some((part) => part.toLowerCase().includes(wanted))) for (const step of trail) shown.add(step);
    for (const [childName, child] of childrenOf(current)) {
      visit(child, childName, childPath(path, childName, Array.isArray(current)), trail);
    }
  };
  visit(value, null, "$", []);
  return shown;
}

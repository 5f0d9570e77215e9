/** How the API shows what is not sent inline: a file, a folder, or a value too large for a screen. Pure. */
export interface StoredValueLink {
  kind: "file" | "directory" | "large";
  /** Null for a large value, which has none. */
  name: string | null;
  size: number;
  url: string;
}

/** Undefined for a value that only looks like one: a handler may give out anything. */
export function storedValueOf(value: unknown, runUrl: string): StoredValueLink | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { file, directory, large, size, url } = value as Record<string, unknown>;
  if (typeof url !== "string" || !url.startsWith(`${runUrl}/values/`)) return undefined;
  if (typeof large === "number") return { kind: "large", name: null, size: large, url };
  const name = file ?? directory;
  if (typeof name !== "string" || typeof size !== "number") return undefined;
  return { kind: file === undefined ? "directory" : "file", name, size, url };
}

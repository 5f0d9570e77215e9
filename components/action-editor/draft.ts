import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { metadataFileName } from "@/lib/actions/metadata";

/** A package under work: its files by path, texts as they are typed and anything else as it came. */
export interface Draft {
  files: Readonly<Record<string, string | Uint8Array>>;
}

function textOf(bytes: Uint8Array): string | Uint8Array {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? bytes : text;
  } catch {
    return bytes;
  }
}

export function readDraft(zip: Uint8Array): Draft {
  const entries = Object.entries(unzipSync(zip)).filter(([path]) => !path.endsWith("/"));
  return { files: Object.fromEntries(entries.map(([path, bytes]) => [path, textOf(bytes)])) };
}

export function zipDraft({ files }: Draft): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([path, content]) => [path, typeof content === "string" ? strToU8(content) : content]),
    ),
    // One date for all: the same files make the same zip.
    { level: 6, mtime: new Date(1980, 0, 1) },
  );
}

export function base64Of(bytes: Uint8Array): string {
  let text = "";
  // As arguments of one call, all bytes of a large zip would be too many.
  for (let start = 0; start < bytes.length; start += 8_192)
    text += strFromU8(bytes.subarray(start, start + 8_192), true);
  return btoa(text);
}

export function editFile(draft: Draft, path: string, text: string): Draft {
  return draft.files[path] === text ? draft : { files: { ...draft.files, [path]: text } };
}

export function metadataOf({ files }: Draft): string {
  const text = files[metadataFileName];
  return typeof text === "string" ? text : "";
}

const rank = (path: string) =>
  /^ryax_(handler|run)\./.test(path)
    ? 0
    : /^(requirements\.txt|package\.json)$/.test(path)
      ? 1
      : path === metadataFileName
        ? 2
        : 3;

/** The files that can be typed in, the handler first. */
export function editableFiles({ files }: Draft): string[] {
  return Object.keys(files)
    .filter((path) => typeof files[path] === "string")
    .sort((left, right) => rank(left) - rank(right) || left.localeCompare(right));
}

import type { DroppedFile } from "@/components/ui/dropped-files";

/** What a tool has made beside the sources, and no package needs. */
const skipped = /(^|\/)(node_modules|__pycache__|\.git|\.venv)(\/|$)|(^|\/)\.DS_Store$/;

/** One archive of what was chosen: a zip as it is, anything else packed. The packer is loaded only when it is needed. */
export async function toArchive(files: DroppedFile[]): Promise<Blob> {
  const [only] = files;
  if (files.length === 1 && only && only.path.toLowerCase().endsWith(".zip")) return only.file;
  const { zip } = await import("fflate");
  const entries: Record<string, Uint8Array> = {};
  for (const { path, file } of files) {
    if (!skipped.test(path)) entries[path] = new Uint8Array(await file.arrayBuffer());
  }
  return new Promise((resolve, reject) => {
    zip(entries, { level: 1 }, (error, data) =>
      error ? reject(error) : resolve(new Blob([new Uint8Array(data)], { type: "application/zip" })),
    );
  });
}

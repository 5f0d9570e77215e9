import type { Readable } from "node:stream";
import { ZipFile } from "yazl";
import type { ListedFile } from "./list-files";

// One date for all entries: the same files make the same bytes.
const epoch = new Date(Date.UTC(1980, 0, 1));

/** A zip of these files as it is written. */
export function zipFiles(files: ListedFile[]): Readable {
  const zip = new ZipFile();
  for (const file of files) {
    zip.addFile(file.absolutePath, file.path, {
      mtime: epoch,
      mode: file.executable ? 0o100755 : 0o100644,
      forceDosTimestamp: true,
    });
  }
  const output = zip.outputStream as Readable;
  zip.on("error", (error) => output.destroy(error));
  zip.end();
  return output;
}

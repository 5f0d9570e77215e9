import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from "yauzl";
import { AppError, messageOf } from "@/lib/errors";

export interface UnzipLimits {
  maxFiles: number;
  /** Bytes, unpacked. */
  maxBytes: number;
}

export const packageLimits: UnzipLimits = { maxFiles: 10_000, maxBytes: 1024 ** 3 };

const options = { lazyEntries: true, strictFileNames: false };
const fileTypeMask = 0o170000;
const symlinkType = 0o120000;
const executableBits = 0o111;

const modeOf = (entry: Entry) => entry.externalFileAttributes >>> 16;
const refuse = (message: string) => new AppError("invalid_package", message);

/** Whether a file is a zip whose every entry has a usable name; nothing is unpacked. */
export async function isZip(path: string): Promise<boolean> {
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(path, options);
    for await (const entry of zip.eachEntry()) if ((modeOf(entry) & fileTypeMask) === symlinkType) return false;
    return true;
  } catch {
    return false;
  } finally {
    zip?.close();
  }
}

/**
 * Unpacks a zip, given by its path or in memory, into an existing folder. The reader refuses absolute names and `..`;
 * sizes are counted as they come, not believed.
 * @throws AppError `invalid_package` for what is not a zip, holds links, or is too large
 */
export async function unzip(archive: string | Buffer, folder: string, limits: UnzipLimits): Promise<void> {
  let zip: ZipFile;
  try {
    zip = await (typeof archive === "string" ? openPromise(archive, options) : fromBufferPromise(archive, options));
  } catch (cause) {
    throw new AppError("invalid_package", `The archive is not a readable zip: ${messageOf(cause)}.`, { cause });
  }
  try {
    if (zip.entryCount > limits.maxFiles)
      throw refuse(`The archive holds ${zip.entryCount} files; at most ${limits.maxFiles} are accepted.`);
    let bytes = 0;
    for await (const entry of zip.eachEntry()) {
      if ((modeOf(entry) & fileTypeMask) === symlinkType)
        throw refuse(`${entry.fileName} is a symbolic link, which packages may not hold.`);
      const target = join(folder, entry.fileName);
      if (entry.fileName.endsWith("/")) {
        await mkdir(target, { recursive: true });
        continue;
      }
      await mkdir(dirname(target), { recursive: true });
      const content = await zip.openReadStreamPromise(entry);
      content.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > limits.maxBytes)
          content.destroy(refuse(`The archive unpacks to more than ${limits.maxBytes >> 20} MiB.`));
      });
      const mode = modeOf(entry) & executableBits ? 0o755 : 0o644;
      await pipeline(content, createWriteStream(target, { mode, flags: "wx" }));
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("invalid_package", `The archive cannot be unpacked: ${messageOf(cause)}.`, { cause });
  } finally {
    zip.close();
  }
}

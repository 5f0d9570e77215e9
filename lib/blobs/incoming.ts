import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError } from "@/lib/errors";
import type { StoredBlob } from "./blob-store";

/**
 * Writes bytes to a file beside the blobs and has `keep` put it where it belongs once its name is known; what is not
 * kept is removed.
 * @throws AppError `payload_too_large` past `maxBytes`
 */
export async function takeIn(
  root: string,
  content: AsyncIterable<Uint8Array>,
  maxBytes: number,
  keep: (temporary: string, blob: StoredBlob) => Promise<void>,
): Promise<StoredBlob> {
  const incoming = join(root, "incoming");
  await mkdir(incoming, { recursive: true });
  const temporary = join(incoming, randomUUID());
  const file = await open(temporary, "wx", 0o644);
  try {
    const hash = createHash("sha256");
    let size = 0;
    for await (const chunk of content) {
      size += chunk.byteLength;
      if (size > maxBytes)
        throw new AppError("payload_too_large", `More than ${maxBytes} bytes are not accepted here.`);
      hash.update(chunk);
      await file.write(chunk);
    }
    await file.sync();
    const blob = { sha256: hash.digest("hex"), size };
    await keep(temporary, blob);
    return blob;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

export async function moveInto(target: string, temporary: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await rename(temporary, target);
}

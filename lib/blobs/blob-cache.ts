import { readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";

const sweepEveryMs = 60_000;
/** A path that was given out may not have been opened yet: a step that waits for a sandbox holds it for a while. */
const keptMs = 60 * 60_000;

interface CachedFile {
  path: string;
  size: number;
  usedMs: number;
}

/** The local copies of a bucket's blobs, which several processes of this machine share. */
export class BlobCache {
  private sweptMs = 0;

  constructor(
    private readonly root: string,
    private readonly maxBytes: number,
    private readonly leastAgeMs = keptMs,
  ) {}

  pathOf(name: string): string {
    return join(this.root, name);
  }

  /** The copy's path, which is used from now on; undefined where there is none. */
  async find(name: string): Promise<string | undefined> {
    const path = this.pathOf(name);
    const now = new Date();
    return utimes(path, now, now).then(
      () => path,
      () => undefined,
    );
  }

  /** Makes room at times, without anybody waiting for it. */
  sweepSoon(): void {
    if (Date.now() - this.sweptMs < sweepEveryMs) return;
    this.sweptMs = Date.now();
    this.sweep().catch((error) => logger.warn({ reason: messageOf(error) }, "the blobs' cache could not be swept"));
  }

  /** Removes what was not used for longest, down to the limit. */
  async sweep(): Promise<void> {
    const files = (await this.list()).sort((left, right) => left.usedMs - right.usedMs);
    let bytes = files.reduce((total, { size }) => total + size, 0);
    for (const { path, size, usedMs } of files) {
      if (bytes <= this.maxBytes || Date.now() - usedMs < this.leastAgeMs) return;
      await rm(path, { force: true });
      bytes -= size;
    }
  }

  private async list(): Promise<CachedFile[]> {
    const files: CachedFile[] = [];
    for (const entry of await readdir(this.root, { withFileTypes: true, recursive: true }).catch(() => [])) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const found = await stat(path).catch(() => undefined);
      if (found) files.push({ path, size: found.size, usedMs: found.mtimeMs });
    }
    return files;
  }
}

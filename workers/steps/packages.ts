import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { LRUCache } from "lru-cache";
import { type ActionInterface, findActionVersionById } from "@/lib/actions";
import { packageLimits, unzip } from "@/lib/archives";
import { blobStore } from "@/lib/blobs";
import { inProject } from "@/lib/db";
import { findProject } from "@/lib/projects";
import { type Lock, parseLock } from "../builds/lock";

/** What it takes to run a version of an action on this machine. */
export interface RunnableAction {
  versionId: string;
  interface: ActionInterface;
  packageDir: string;
  /** Null where there are no dependencies. */
  depsHash: string | null;
  lock: Lock | null;
  /** `major.minor` of the interpreter that the dependencies were built for. */
  python: string | null;
  sandboxNumber: number;
}

/** Folders of unpacked packages, named by content, so that an opaque hash is all a sandbox can see of them. */
export class PackageStore {
  private readonly known = new LRUCache<string, Promise<RunnableAction>>({ max: 5_000 });
  private readonly unpacking = new Map<string, Promise<string>>();

  constructor(private readonly root: string) {}

  /** A built version never changes, so it is looked up once. @throws Error when it is gone or not built */
  find(projectId: string, versionId: string): Promise<RunnableAction> {
    const key = `${projectId}/${versionId}`;
    const known = this.known.get(key);
    if (known) return known;
    const loading = this.load(projectId, versionId);
    this.known.set(key, loading);
    loading.catch(() => this.known.delete(key));
    return loading;
  }

  private async load(projectId: string, versionId: string): Promise<RunnableAction> {
    const { row, project } = await inProject(projectId, async (tx) => ({
      row: await findActionVersionById(tx, projectId, versionId),
      project: await findProject(tx, projectId),
    }));
    if (!row || !project) throw new Error("The action was deleted from the library.");
    if (row.state !== "built") throw new Error(`${row.actionId}@${row.version} is not built.`);
    const lock = row.lock === null ? null : parseLock(row.lock);
    return {
      versionId,
      interface: row.interface,
      packageDir: await this.unpack(projectId, row.contentHash, row.packageBlob),
      depsHash: row.depsHash,
      lock,
      python: lock?.language === "python" ? lock.python : null,
      sandboxNumber: project.sandboxNumber,
    };
  }

  /** The package's folder on this machine, unpacked when it is not there yet. */
  unpack(projectId: string, contentHash: string, packageBlob: string): Promise<string> {
    const folder = join(this.root, contentHash);
    if (existsSync(folder)) return Promise.resolve(folder);
    const running = this.unpacking.get(contentHash);
    if (running) return running;
    const started = this.unpackInto(projectId, folder, packageBlob).finally(() => this.unpacking.delete(contentHash));
    this.unpacking.set(contentHash, started);
    return started;
  }

  private async unpackInto(projectId: string, folder: string, packageBlob: string): Promise<string> {
    const temporary = `${folder}.${randomUUID()}`;
    await mkdir(temporary, { recursive: true, mode: 0o755 });
    try {
      await unzip(await blobStore().localPath(projectId, packageBlob), temporary, packageLimits);
      await rename(temporary, folder);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
    return folder;
  }
}

import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { hashFiles, listFiles, zipFiles } from "@/lib/archives";
import { blobStore } from "@/lib/blobs";
import { inProject } from "@/lib/db";
import { newId } from "@/lib/ids";
import type { ActionInterface } from "./interface";
import { metadataFileName, readMetadata } from "./metadata";
import { startBuild } from "./start-build";
import { insertActionVersion } from "./store";

interface Builtin {
  folder: string;
  interface: ActionInterface;
  contentHash: string;
  size: number;
}

const catalogueFolder = resolve("actions");
const maxBuiltinBytes = 64 << 20;
let catalogue: Promise<Builtin[]> | undefined;

async function readCatalogue(): Promise<Builtin[]> {
  const builtins: Builtin[] = [];
  for (const entry of await readdir(catalogueFolder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const folder = join(catalogueFolder, entry.name);
    const { interface: read, problems } = readMetadata(await readFile(join(folder, metadataFileName), "utf8"));
    if (!read)
      throw new Error(
        `The built-in ${entry.name} is not valid: ${problems.map((problem) => problem.message).join(" ")}`,
      );
    const files = await listFiles(folder);
    builtins.push({
      folder,
      interface: read,
      contentHash: await hashFiles(files),
      size: files.reduce((total, file) => total + file.size, 0),
    });
  }
  return builtins;
}

// Per process: a later release's new built-ins come in when its processes start.
const equipped = new Set<string>();

/** Puts what comes with Millrace into a project's library; versions that are there already stay as they are. */
export async function ensureBuiltins(projectId: string): Promise<void> {
  if (equipped.has(projectId)) return;
  catalogue ??= readCatalogue();
  for (const builtin of await catalogue) {
    const { interface: described, contentHash, size } = builtin;
    const blob = await blobStore().put(projectId, zipFiles(await listFiles(builtin.folder)), maxBuiltinBytes);
    const version = {
      id: newId("actionVersion"),
      projectId,
      actionId: described.id,
      version: described.version,
      kind: described.kind,
      source: "builtin",
      contentHash,
      packageBlob: blob.sha256,
      packageSize: size,
      interface: described,
      // What Millrace serves itself needs no build.
      state: described.language === "internal" ? ("built" as const) : ("pending" as const),
    };
    const row = await inProject(projectId, (tx) => insertActionVersion(tx, version));
    if (row?.state === "pending") await startBuild(projectId, row.id);
  }
  equipped.add(projectId);
}

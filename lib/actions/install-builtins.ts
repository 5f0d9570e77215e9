import { hashFiles, listFiles, zipFiles } from "@/lib/archives";
import { blobStore } from "@/lib/blobs";
import { inProject } from "@/lib/db";
import { newId } from "@/lib/ids";
import { servedBuiltins } from "./builtins";
import { insertActionVersion } from "./store";

const maxBuiltinBytes = 64 << 20;

// Per process: a later release's new built-ins come in when its processes start.
const equipped = new Set<string>();

/**
 * Puts what Millrace serves itself into a project's library; versions that are there already stay as they are. The
 * other packages that come with it wait in the catalogue until a project asks for them.
 */
export async function ensureBuiltins(projectId: string): Promise<void> {
  if (equipped.has(projectId)) return;
  for (const { folder, interface: described } of await servedBuiltins()) {
    const files = await listFiles(folder);
    const blob = await blobStore().put(projectId, zipFiles(files), maxBuiltinBytes, "package");
    const version = {
      id: newId("actionVersion"),
      projectId,
      actionId: described.id,
      version: described.version,
      kind: described.kind,
      source: "builtin",
      contentHash: await hashFiles(files),
      packageBlob: blob.sha256,
      packageSize: files.reduce((total, file) => total + file.size, 0),
      interface: described,
      state: "built" as const,
    };
    await inProject(projectId, (tx) => insertActionVersion(tx, version));
  }
  equipped.add(projectId);
}

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CheckedPackage, checkFolder, printable } from "@/lib/actions";
import { zipFiles } from "@/lib/archives";
import { blobStore } from "@/lib/blobs";
import { AppError, type Issue } from "@/lib/errors";
import { closeScan, openScan, type ScanOrder, type ScanResult } from "@/lib/sources";
import type { FoundPackage } from "@/lib/sources/found";
import type { Reachable } from "../action-runtime/network/reachable";
import { readRepository } from "./read-repository";
import { ScanFailed } from "./scan-failed";

const maxArchiveBytes = 1200 * 1024 * 1024;
const maxPackages = 1_000;
const lfsPointer = "version https://git-lfs.github.com/spec/";
const maxPointerBytes = 1024;

/** Files that git keeps elsewhere are not fetched: a handler would find a few lines of text in their place. */
async function missingLargeFiles({ files }: CheckedPackage): Promise<Issue[]> {
  const small = files.filter(({ size }) => size > lfsPointer.length && size < maxPointerBytes);
  const isPointer = await Promise.all(
    small.map(async ({ absolutePath }) => (await readFile(absolutePath, "latin1")).startsWith(lfsPointer)),
  );
  return small
    .filter((_, index) => isPointer[index])
    .map(({ path }) => ({ path, line: 1, code: "lfs", message: `${path} is kept in Git LFS, which is not fetched.` }));
}

async function foundOf(projectId: string, checked: CheckedPackage): Promise<FoundPackage> {
  const problems = [...checked.problems, ...(await missingLargeFiles(checked))];
  const isUsable = checked.interface && problems.every(({ severity }) => severity === "warning");
  const blob = isUsable ? await blobStore().put(projectId, zipFiles(checked.files), maxArchiveBytes, "package") : null;
  const { interface: described } = checked;
  return {
    path: checked.path,
    identity: described && {
      id: described.id,
      version: described.version,
      name: described.humanName,
      kind: described.kind,
    },
    hash: checked.contentHash,
    blob: blob?.sha256 ?? null,
    size: checked.size,
    problems: problems.map((problem) => ({ ...problem, message: printable(problem.message) })),
  };
}

async function scan(
  projectId: string,
  { source, credentials }: ScanOrder,
  reachable: Reachable,
  signal: AbortSignal,
): Promise<ScanResult | { problem: string }> {
  const workFolder = await mkdtemp(join(tmpdir(), "millrace-scan-"));
  try {
    const { url, branch, hostKeys } = source;
    // A scan that failed may have found less than there is.
    const isKnown = source.problem === null && (branch === null || source.commit?.branch === branch);
    const knownCommit = isKnown ? (source.commit?.id ?? null) : null;
    const result = await readRepository(
      workFolder,
      { url, branch, credentials, hostKeys, knownCommit },
      reachable,
      signal,
    );
    if (!result.read) {
      if (!source.commit) throw new Error("a commit that was never scanned cannot be known");
      return { commit: source.commit, found: source.found, hostKeys: result.hostKeys };
    }
    const packages = await checkFolder(result.read.folder);
    if (packages.length > maxPackages)
      return { problem: `There are ${packages.length} packages; at most ${maxPackages} are read.` };
    const found: FoundPackage[] = [];
    for (const checked of packages) {
      signal.throwIfAborted();
      found.push(await foundOf(projectId, checked));
    }
    return { commit: result.read.commit, found, hostKeys: result.hostKeys };
  } catch (error) {
    if (error instanceof ScanFailed || error instanceof AppError) return { problem: printable(error.message) };
    throw error;
  } finally {
    await rm(workFolder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Reads a repository and writes down which packages are in it. Safe to run twice. Throws only what another try may mend.
 */
export async function scanSource(
  projectId: string,
  sourceId: string,
  reachable: Reachable,
  signal: AbortSignal,
): Promise<void> {
  const order = await openScan(projectId, sourceId);
  if (!order) return;
  await closeScan(projectId, order, await scan(projectId, order, reachable, signal));
}

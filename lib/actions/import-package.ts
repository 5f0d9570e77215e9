import { zipFiles } from "@/lib/archives";
import { recordAudit } from "@/lib/audit";
import type { ProjectContext } from "@/lib/auth";
import { blobStore } from "@/lib/blobs";
import { inProject } from "@/lib/db";
import type { Issue } from "@/lib/errors";
import { newId } from "@/lib/ids";
import type { CheckedPackage } from "./check-package";
import type { PushedPackage } from "./contract";
import { metadataFileName } from "./metadata";
import { presentActionVersion } from "./present";
import { startBuild } from "./start-build";
import { type ActionVersionRow, findActionVersion, insertActionVersion, setBuildState } from "./store";

const maxArchiveBytes = 1200 * 1024 * 1024;

/**
 * Stores a checked package and has it built. The same content again changes nothing, but builds a version again whose
 * build had failed; other content under a taken version is refused.
 */
export async function importPackage(
  ctx: ProjectContext,
  checked: CheckedPackage,
  source: string,
): Promise<PushedPackage> {
  const { path, problems } = checked;
  if (!checked.interface) return { path, action: null, problems };
  const { id, version } = checked.interface;
  const projectId = ctx.project.id;
  const existing = await inProject(projectId, (tx) => findActionVersion(tx, projectId, id, version));
  const stored = existing ?? (await insert(ctx, checked, source));
  if (stored.contentHash !== checked.contentHash) {
    return { path, action: null, problems: [...problems, versionTaken(id, version)] };
  }
  if (stored.state !== "built") {
    if (stored.state === "failed")
      await inProject(projectId, (tx) =>
        setBuildState(tx, projectId, stored.id, { state: "pending", buildError: null }),
      );
    await startBuild(projectId, stored.id);
  }
  return {
    path,
    action: presentActionVersion({ ...stored, state: stored.state === "failed" ? "pending" : stored.state }),
    problems,
  };
}

/** What is said of other content under a version that the library has. */
export function versionTaken(id: string, version: string): Issue {
  const message = `${id} ${version} exists with other content. Raise spec.version in ${metadataFileName} and push again.`;
  return { path: metadataFileName, message, code: "version_taken" };
}

/** As `jsonb` takes it, which refuses what a hand-written file may hold. */
export function printable(text: string): string {
  return text.replace(/[\0\p{Surrogate}]/gu, "\ufffd");
}

async function insert(ctx: ProjectContext, checked: CheckedPackage, source: string): Promise<ActionVersionRow> {
  const projectId = ctx.project.id;
  const described = checked.interface as NonNullable<CheckedPackage["interface"]>;
  const blob = await blobStore().put(projectId, zipFiles(checked.files), maxArchiveBytes, "package");
  return inProject(projectId, async (tx) => {
    const row = await insertActionVersion(tx, {
      id: newId("actionVersion"),
      projectId,
      actionId: described.id,
      version: described.version,
      kind: described.kind,
      source,
      contentHash: checked.contentHash,
      packageBlob: blob.sha256,
      packageSize: checked.size,
      interface: described,
      warnings: checked.problems.map((problem) => ({ ...problem, message: printable(problem.message) })),
    });
    if (row) await recordAudit(tx, projectId, ctx.actor, "action.push", `${described.id}@${described.version}`);
    // Another push of the same version came first; whether its content is the same is judged by the caller.
    const stored = row ?? (await findActionVersion(tx, projectId, described.id, described.version));
    if (!stored) throw new Error("the version was neither inserted nor found");
    return stored;
  });
}

import { appendBuildLog, findActionVersionById, replaceBuildLog, setBuildState } from "@/lib/actions";
import { inProject, notify, withoutNul } from "@/lib/db";
import { logger } from "@/lib/logger";
import type { PackageStore } from "../steps/packages";
import { buildPackage } from "./build-package";
import { BuildFailed, type BuildTools } from "./build-tools";

export interface BuildDependencies {
  packages: PackageStore;
  tools: BuildTools;
}

const flushMs = 300;

/** A build's log, written as it grows. */
class LiveLog {
  private seq = 0;
  private waiting: { seq: number; at: Date; line: string }[] = [];
  private timer: NodeJS.Timeout | undefined;
  private written = Promise.resolve();

  constructor(
    private readonly projectId: string,
    private readonly actionVersionId: string,
  ) {}

  readonly add = (line: string): void => {
    this.waiting.push({ seq: ++this.seq, at: new Date(), line: withoutNul(line).slice(0, 4_000) });
    this.timer ??= setTimeout(() => this.flush(), flushMs);
  };

  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const lines = this.waiting.splice(0);
    this.written = this.written
      .then(() =>
        inProject(this.projectId, async (tx) => {
          await appendBuildLog(tx, this.projectId, this.actionVersionId, lines);
          await notify(tx, "build_changed", `${this.projectId}/${this.actionVersionId}`);
        }),
      )
      .catch((error) => logger.warn({ err: error }, "a build's log could not be written"));
    return this.written;
  }
}

/**
 * Builds a version: checks that its handler parses, resolves and installs its dependencies. Safe to run twice; a version
 * that is built stays as it is. Throws only what another try may mend.
 */
export async function buildVersion(deps: BuildDependencies, projectId: string, actionVersionId: string): Promise<void> {
  const row = await inProject(projectId, async (tx) => {
    const found = await findActionVersionById(tx, projectId, actionVersionId);
    if (!found || found.state === "built") return undefined;
    await replaceBuildLog(tx, projectId, actionVersionId);
    await setBuildState(tx, projectId, actionVersionId, { state: "building", buildError: null });
    return found;
  });
  if (!row) return;
  const log = new LiveLog(projectId, actionVersionId);
  const finish = async (change: Parameters<typeof setBuildState>[3]) => {
    await log.flush();
    await inProject(projectId, async (tx) => {
      await setBuildState(tx, projectId, actionVersionId, change);
      await notify(tx, "build_changed", `${projectId}/${actionVersionId}`);
    });
  };
  try {
    const started = Date.now();
    log.add(`Building ${row.actionId}@${row.version} (${row.interface.type})`);
    const packageDir = await deps.packages.unpack(projectId, row.contentHash, row.packageBlob);
    const built = await buildPackage(deps.tools, packageDir, row.interface, log.add);
    log.add(
      `Built in ${((Date.now() - started) / 1000).toFixed(1)} s${built ? "" : "; there are no dependencies to install"}.`,
    );
    await finish({
      state: "built",
      depsHash: built?.depsHash ?? null,
      lock: built ? JSON.stringify(built.lock) : null,
    });
  } catch (error) {
    if (!(error instanceof BuildFailed)) throw error;
    log.add(`The build failed: ${error.message}`);
    await finish({ state: "failed", buildError: error.message });
  }
}

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { RunnableAction } from "../steps/packages";
import type { BuildTools } from "./build-tools";
import type { BuiltDependencies } from "./lock";
import { installNode } from "./node";
import { installPython } from "./python";

/** Folders of installed dependencies on this machine, named by a digest of all that went into them. */
export class DependencyStore {
  private readonly installing = new Map<string, Promise<void>>();

  constructor(private readonly tools: BuildTools) {}

  /** What a build has given, as a process's specification wants it. */
  async of(built: BuiltDependencies | undefined): Promise<{ depsDir: string | null; python: string | null }> {
    const depsDir = await this.folderOf({ depsHash: built?.depsHash ?? null, lock: built?.lock ?? null });
    return { depsDir, python: built?.lock.language === "python" ? built.lock.python : null };
  }

  /** The folder of an action's dependencies; installed from its lock where another machine built it. */
  async folderOf({ depsHash, lock }: Pick<RunnableAction, "depsHash" | "lock">): Promise<string | null> {
    if (!depsHash) return null;
    const folder = join(this.tools.depsRoot, depsHash);
    if (existsSync(folder)) return folder;
    if (!lock)
      throw new Error(
        "The dependencies of this action are not on this machine, and it has no lock to install them from.",
      );
    const quiet = () => {};
    const install = () =>
      lock.language === "python"
        ? installPython(this.tools, lock, depsHash, quiet)
        : installNode(this.tools, lock, depsHash, quiet);
    const running = this.installing.get(depsHash) ?? install().finally(() => this.installing.delete(depsHash));
    this.installing.set(depsHash, running);
    await running;
    return folder;
  }
}

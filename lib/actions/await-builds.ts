import { setTimeout as delay } from "node:timers/promises";
import { inProject, listen } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { type ActionVersionRow, findActionVersion } from "./store";

/** Notifications do the work; this only catches one that was lost. */
const recheckMs = 2_000;

type Named = Pick<ActionVersionRow, "actionId" | "version">;

async function read(projectId: string, named: Named[]): Promise<ActionVersionRow[]> {
  return inProject(projectId, async (tx) => {
    const rows: ActionVersionRow[] = [];
    for (const { actionId, version } of named) {
      const row = await findActionVersion(tx, projectId, actionId, version);
      if (!row) throw notFound(`The action ${actionId}@${version}`);
      rows.push(row);
    }
    return rows;
  });
}

/** Resolves once all of them are built. @throws AppError `conflict` when a build fails, `unavailable` when it takes too long */
export async function awaitBuilds(projectId: string, named: Named[], timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let wake = () => {};
  const unlisten = await listen(
    "build_changed",
    (payload) => payload.startsWith(`${projectId}/`) && wake(),
    () => wake(),
  );
  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const rows = await read(projectId, named);
      const failed = rows.find((row) => row.state === "failed");
      if (failed) throw new AppError("conflict", `${failed.actionId} could not be built: ${failed.buildError}`);
      if (rows.every((row) => row.state === "built")) return;
      if (Date.now() >= deadline)
        throw new AppError("unavailable", "Its actions are still being built.", { retryAfterSeconds: 10 });
      await Promise.race([changed, delay(recheckMs)]);
    }
  } finally {
    unlisten();
  }
}

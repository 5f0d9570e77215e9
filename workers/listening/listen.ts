import { randomUUID } from "node:crypto";
import { ApplicationFailure } from "@temporalio/activity";
import { inProject, withoutNul } from "@/lib/db";
import { serviceName } from "@/lib/services/pass";
import {
  changeListener,
  findListener,
  findVersion,
  forgetListener,
  holdListener,
  type ListenerRow,
} from "@/lib/workflows";
import type { RunnerdClient } from "../action-runtime/client";
import type { DependencyStore } from "../builds/dependency-store";
import type { Services } from "../services/services";
import type { Grants } from "../steps/grants";
import type { PackageStore } from "../steps/packages";
import type { Lease } from "./lease";
import { ListenerProcess, type ProcessEnd } from "./listener-process";
import { watchListener } from "./watch-listener";

export interface ListenerDependencies {
  packages: PackageStore;
  dependencies: DependencyStore;
  grants: Grants;
  runnerd: RunnerdClient;
  services: Services;
  /** Why no trigger may run on this machine, or null. */
  refusal: () => string | null;
}

/** Why a trigger listens no more; `changed` where another version may be to be listened with. */
export type ListenEnd = { kind: "over" } | { kind: "changed" } | { kind: "failed"; waitMs: number };

const pauseMs = { first: 1_000, most: 300_000 };
/** One that ran for longer than this has not failed in a row. */
const soundAfterMs = 60_000;
/** A next try that is this near is due: clocks differ. */
const dueMs = 1_000;
const maxReasonChars = 4_000;

function pauseAfter(failures: number): number {
  return Math.min(pauseMs.most, pauseMs.first * 2 ** Math.min(failures - 1, 20));
}

/** What is to be listened with now, or what there is to do instead. */
async function findWanted(projectId: string, workflowId: string) {
  return inProject(projectId, async (tx) => {
    const row = await findListener(tx, projectId, workflowId);
    if (!row) return undefined;
    if (!row.workflowVersionId) {
      await forgetListener(tx, projectId, workflowId);
      return undefined;
    }
    const version = await findVersion(tx, projectId, row.workflowVersionId);
    return version && { row, version };
  });
}

/** One attempt at listening, by one worker. */
export async function listen(
  deps: ListenerDependencies,
  { projectId, workflowId }: { projectId: string; workflowId: string },
  lease: Lease,
): Promise<ListenEnd> {
  const wanted = await findWanted(projectId, workflowId);
  if (!wanted || wanted.row.state === "ended") return { kind: "over" };
  const { row, version } = wanted;
  const early = (row.nextTryAt?.getTime() ?? 0) - Date.now();
  if (early > dueMs) return { kind: "failed", waitMs: early };
  const holder = randomUUID();
  if (!(await inProject(projectId, (tx) => holdListener(tx, row, holder)))) return { kind: "changed" };
  const say = sayerOf(row, holder);
  const startedAt = Date.now();
  const startable = { projectId, workflowId, versionId: version.id, plan: version.plan };
  const process = new ListenerProcess(deps, startable, lease, (servicePath) => {
    const address = servicePath && deps.services.open(serviceName(workflowId, holder), servicePath);
    return say("running", null, row.failures, { address });
  });
  const unwatch = await watchListener(row, () => process.stop("changed"));
  let end: ProcessEnd;
  try {
    end = await process.run();
  } finally {
    deps.services.close(serviceName(workflowId, holder));
    unwatch();
  }
  if (end.kind === "stopped") {
    if (end.by === "changed") return { kind: "changed" };
    throw ApplicationFailure.retryable(end.by === "lost" ? "another worker listens" : "the worker stops");
  }
  if (end.kind === "ended") {
    await say("ended", null, 0);
    return { kind: "over" };
  }
  const failures = Date.now() - startedAt > soundAfterMs ? 1 : row.failures + 1;
  const waitMs = pauseAfter(failures);
  const reason = `The trigger '${version.plan.trigger.name}' failed: ${end.reason}`;
  await say("failed", withoutNul(reason).slice(0, maxReasonChars), failures, { waitMs });
  return { kind: "failed", waitMs };
}

/** What is said last is what stands: a trigger may end before its start is written down. */
function sayerOf(row: ListenerRow, holder: string) {
  let said: Promise<void> = Promise.resolve();
  return (
    state: ListenerRow["state"],
    reason: string | null,
    failures: number,
    { waitMs, address = null }: { waitMs?: number; address?: string | null } = {},
  ): Promise<void> => {
    const nextTryAt = waitMs === undefined ? null : new Date(Date.now() + waitMs);
    const change = { state, reason, nextTryAt, failures, address };
    said = said.catch(() => {}).then(() => inProject(row.projectId, (tx) => changeListener(tx, row, holder, change)));
    return said;
  };
}

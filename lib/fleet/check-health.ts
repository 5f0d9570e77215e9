import { setTimeout as delay } from "node:timers/promises";
import { databaseHandle } from "@/lib/db";
import { messageOf } from "@/lib/errors";
import { temporalClient } from "@/lib/temporal";
import type { Health } from "./health-contract";
import { type SandboxReport, sandboxLevels } from "./sandbox-level";
import { listLiveWorkers, type WorkerRecord } from "./store";

const patienceMs = 3_000;

type Check = Health["checks"]["database"];

async function check(run: () => Promise<string>): Promise<Check> {
  const late = delay(patienceMs, undefined, { ref: false }).then(() =>
    Promise.reject(new Error(`no answer within ${patienceMs / 1000} s`)),
  );
  try {
    return { ok: true, message: await Promise.race([run(), late]) };
  } catch (error) {
    return { ok: false, message: messageOf(error).split("\nparams:")[0] ?? "" };
  }
}

/** Whether calls can be served, and how well this fleet keeps actions apart. */
export async function checkHealth(): Promise<Health> {
  let fleet: Awaited<ReturnType<typeof listLiveWorkers>> = [];
  const [database, temporal, workers] = await Promise.all([
    check(async () => {
      await databaseHandle().pool.query("select 1");
      return "reachable";
    }),
    check(async () => {
      await (await temporalClient()).workflowService.getSystemInfo({});
      return "reachable";
    }),
    check(async () => {
      fleet = await listLiveWorkers();
      if (fleet.length === 0) throw new Error("no worker has reported");
      return `${fleet.length} alive`;
    }),
  ]);
  const isOk = database.ok && temporal.ok && workers.ok;
  const sandbox = weakestOf(fleet);
  return { status: isOk ? "ok" : "unavailable", checks: { database, temporal, workers }, sandbox };
}

function weakestOf(fleet: WorkerRecord[]): SandboxReport | null {
  const reports = fleet.map((worker) => worker.sandbox);
  reports.sort((left, right) => sandboxLevels.indexOf(left.level) - sandboxLevels.indexOf(right.level));
  return reports[0] ?? null;
}

/** How well actions are kept apart, as health reports it: the weakest worker's report, null while there is none. */
export async function weakestSandbox(): Promise<SandboxReport | null> {
  return weakestOf(await listLiveWorkers());
}

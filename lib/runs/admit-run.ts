import { LRUCache } from "lru-cache";
import { isDatabaseLost } from "@/lib/db";
import type { AppError } from "@/lib/errors";
import { Gauge, type Limits, limitReached, limitsOf } from "@/lib/limits";
import type { RunInput } from "./run-input";
import { type CountedRuns, countRunsForLimits } from "./store";

/** Runs end at any time. */
const openRetrySeconds = 5;
/**
 * What other runs start has as much room again: what was let in can go on while nothing more is let in, and workflows
 * that start each other many times over do not fill the instance.
 */
const roomForStarted = 2;

const holder = globalThis as { millraceRunGauges?: LRUCache<string, Gauge<CountedRuns>> };

function gaugeOf(projectId: string): Gauge<CountedRuns> {
  holder.millraceRunGauges ??= new LRUCache({ max: 20_000 });
  const known = holder.millraceRunGauges.get(projectId);
  if (known) return known;
  const gauge = new Gauge(async () => {
    const { openRuns, runsPerMinute } = await limitsOf(projectId);
    return countRunsForLimits(projectId, { openRuns: openRuns * roomForStarted, runsPerMinute });
  });
  holder.millraceRunGauges.set(projectId, gauge);
  return gauge;
}

type Reached = { name: "openRuns" | "runsPerMinute"; retryAfterSeconds: number };

const openReached = { name: "openRuns", retryAfterSeconds: openRetrySeconds } as const;

function reached({ openRuns, runsPerMinute }: Limits, counted: CountedRuns, added: number): Reached | undefined {
  if (counted.open + added >= openRuns) return openReached;
  if (counted.started + added < runsPerMinute) return undefined;
  return { name: "runsPerMinute", retryAfterSeconds: Math.max(1, Math.ceil(counted.waitSeconds ?? 1)) };
}

const reachedByStarted = ({ openRuns }: Limits, counted: CountedRuns, added: number): Reached | undefined =>
  counted.open + added >= openRuns * roomForStarted ? openReached : undefined;

/**
 * Lets a run of the project begin, or refuses it before anything is written.
 * @returns what to call once its row is there, or never will be
 * @throws AppError `rate_limited`
 */
export async function admitRun({ projectId, parent }: RunInput): Promise<() => void> {
  const limits = await limitsOf(projectId);
  const gauge = gaugeOf(projectId);
  const judge = parent ? reachedByStarted : reached;
  // A database that is away stops no run: Temporal accepts it.
  const refused = await gauge
    .judge((counted, added) => judge(limits, counted, added))
    .catch((error) => {
      if (!isDatabaseLost(error)) throw error;
    });
  if (refused) throw refusalOf(projectId, limits, refused);
  return gauge.add(1);
}

function refusalOf(projectId: string, limits: Limits, { name, retryAfterSeconds }: Reached): AppError {
  return limitReached({ projectId, name, value: limits[name], retryAfterSeconds });
}

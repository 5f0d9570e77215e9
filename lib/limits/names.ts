/** What a project may use: each limit's unit, what the platform gives unless told otherwise, and its bounds. Pure. */

const gib = 1024 ** 3;
const mib = 1024 ** 2;

export type LimitUnit = "bytes" | "seconds" | "days" | "count";

export interface LimitKind {
  label: string;
  /** What it holds back, as a sentence's end: “how much memory one call of an action may use”. */
  meaning: string;
  unit: LimitUnit;
  /** What every project gets. */
  platform: number;
  least: number;
  /** Only whole numbers make sense of all but this. */
  isFraction?: true;
}

export const limitKinds = {
  memoryBytes: {
    label: "Memory of a call",
    meaning: "how much memory one call of an action may use",
    unit: "bytes",
    platform: 4 * gib,
    least: 64 * mib,
  },
  cpus: {
    label: "Processors of a call",
    meaning: "how many processor cores one call of an action may use",
    unit: "count",
    platform: 4,
    least: 0.1,
    isFraction: true,
  },
  processes: {
    label: "Processes of a call",
    meaning: "how many processes and threads one call of an action may have",
    unit: "count",
    platform: 64,
    least: 1,
  },
  callSeconds: {
    label: "Time of a call",
    meaning: "how long one call of an action may take",
    unit: "seconds",
    platform: 24 * 3600,
    least: 1,
  },
  concurrentSteps: {
    label: "Steps at a time",
    meaning: "how many steps may be executed at a time",
    unit: "count",
    platform: 500,
    least: 1,
  },
  concurrentCalls: {
    label: "Calls under way",
    meaning: "how many calls of endpoints one web process may have under way",
    unit: "count",
    platform: 1_000,
    least: 1,
  },
  openRuns: {
    label: "Runs under way",
    meaning: "how many runs may wait or run at a time",
    unit: "count",
    platform: 10_000,
    least: 1,
  },
  runsPerMinute: {
    label: "Runs per minute",
    meaning: "how many runs may be started within a minute",
    unit: "count",
    platform: 60_000,
    least: 1,
  },
  storageBytes: {
    label: "Storage",
    meaning: "how much packages, files and large values may take",
    unit: "bytes",
    platform: 20 * gib,
    least: mib,
  },
  listeningTriggers: {
    label: "Listening triggers",
    meaning: "how many live workflows may have a trigger that listens",
    unit: "count",
    platform: 50,
    least: 0,
  },
  retentionDays: {
    label: "Retention of runs",
    meaning: "how long runs are kept after they were started",
    unit: "days",
    platform: 30,
    least: 1,
  },
} as const satisfies Record<string, LimitKind>;

export type LimitName = keyof typeof limitKinds;
export const limitNames = Object.keys(limitKinds) as LimitName[];
export type Limits = Record<LimitName, number>;
/** Some of them. */
export type SomeLimits = Partial<Limits>;

export function isLimitName(text: string): text is LimitName {
  return Object.hasOwn(limitKinds, text);
}

export function limitKind(name: LimitName): LimitKind {
  return limitKinds[name];
}

/** What holds for a project: the operator's cap or the platform's, and what its admins chose where that is lower. */
export function effectiveLimits(platform: Limits, caps: SomeLimits, chosen: SomeLimits): Limits {
  const capped = { ...platform, ...caps };
  const entries = limitNames.map((name) => [name, Math.min(capped[name], chosen[name] ?? capped[name])]);
  return Object.fromEntries(entries) as Limits;
}

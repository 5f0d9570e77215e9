import { afterAll, beforeAll, beforeEach } from "vitest";
import { type SandboxLevel, sandboxLevels } from "@/lib/fleet/sandbox-level";
import { TestRunnerd } from "./runnerd";

/** The levels that are built, weakest first; each is forced in turn, as an operator can. */
export const builtLevels = ["L0", "L1", "L2", "L3p", "L3"] as const satisfies SandboxLevel[];
export const containedLevels = ["L3p", "L3"] as const satisfies SandboxLevel[];

const isAbove = (level: SandboxLevel, other: SandboxLevel) =>
  sandboxLevels.indexOf(level) > sandboxLevels.indexOf(other);

/**
 * A runnerd that is held at this level, for the tests of a `describe`. They are skipped, and say so, where the machine
 * itself does not reach it.
 */
export function useRunnerdAt(
  level: SandboxLevel,
  env: Record<string, string> = {},
  { hosts, user }: { hosts?: Record<string, string>; user?: number } = {},
): () => TestRunnerd {
  let runnerd: TestRunnerd;
  beforeAll(async () => {
    runnerd = await TestRunnerd.start({ MILLRACE_SANDBOX_LEVEL: level, ...env }, hosts, [], [], [], user);
  });
  afterAll(() => runnerd.stop());
  beforeEach(({ skip }) => {
    const { level: reached, reason } = runnerd.report;
    skip(isAbove(level, reached), `this machine reaches ${reached} and not ${level}: ${reason}`);
  });
  return () => runnerd;
}

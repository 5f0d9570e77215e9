import type { BuildDependencies } from "../builds/build-version";
import type { Trials } from "../trials/trials";
import { createClockActivities } from "./clocks";
import { createHousekeepingActivities } from "./housekeeping";
import { createRunActivities, type RunActivityDependencies } from "./runs";
import { createTrialActivities } from "./trials";

export function createActivities(deps: RunActivityDependencies & BuildDependencies & { trials: Trials }) {
  return {
    ...createRunActivities(deps),
    ...createHousekeepingActivities(deps),
    ...createClockActivities(),
    ...createTrialActivities(deps),
  };
}
export type Activities = ReturnType<typeof createActivities>;

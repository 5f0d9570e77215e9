import type { BuildDependencies } from "../builds/build-version";
import { createClockActivities } from "./clocks";
import { createHousekeepingActivities } from "./housekeeping";
import { createRunActivities, type RunActivityDependencies } from "./runs";
import { createSourceActivities } from "./sources";

export function createActivities(deps: RunActivityDependencies & BuildDependencies) {
  return {
    ...createRunActivities(deps),
    ...createHousekeepingActivities(deps),
    ...createClockActivities(),
    ...createSourceActivities(),
  };
}
export type Activities = ReturnType<typeof createActivities>;

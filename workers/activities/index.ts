import type { BuildDependencies } from "../builds/build-version";
import { createClockActivities } from "./clocks";
import { createHousekeepingActivities } from "./housekeeping";
import { createListenerActivities, type ListenerActivityDependencies } from "./listeners";
import { createRunActivities, type RunActivityDependencies } from "./runs";

export function createActivities(deps: RunActivityDependencies & BuildDependencies & ListenerActivityDependencies) {
  return {
    ...createRunActivities(deps),
    ...createHousekeepingActivities(deps),
    ...createClockActivities(),
    ...createListenerActivities(deps),
  };
}
export type Activities = ReturnType<typeof createActivities>;

import type { BuildDependencies } from "../builds/build-version";
import type { Trials } from "../trials/trials";
import { createClockActivities } from "./clocks";
import { createHousekeepingActivities } from "./housekeeping";
import { createListenerActivities, type ListenerActivityDependencies } from "./listeners";
import { createRunActivities, type RunActivityDependencies } from "./runs";
import { createSourceActivities } from "./sources";
import { createTrialActivities } from "./trials";

export function createActivities(
  deps: RunActivityDependencies & BuildDependencies & ListenerActivityDependencies & { trials: Trials },
) {
  return {
    ...createRunActivities(deps),
    ...createHousekeepingActivities(deps),
    ...createClockActivities(),
    ...createSourceActivities(),
    ...createListenerActivities(deps),
    ...createTrialActivities(deps),
  };
}
export type Activities = ReturnType<typeof createActivities>;

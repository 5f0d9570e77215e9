import type { BuildDependencies } from "../builds/build-version";
import type { ListenerDependencies } from "../listening/listen";
import { createClockActivities } from "./clocks";
import { createHousekeepingActivities } from "./housekeeping";
import { createListenerActivities } from "./listeners";
import { createRunActivities, type RunActivityDependencies } from "./runs";
import { createSourceActivities } from "./sources";

export function createActivities(deps: RunActivityDependencies & BuildDependencies & ListenerDependencies) {
  return {
    ...createRunActivities(deps),
    ...createHousekeepingActivities(deps),
    ...createClockActivities(),
    ...createSourceActivities(),
    ...createListenerActivities(deps),
  };
}
export type Activities = ReturnType<typeof createActivities>;

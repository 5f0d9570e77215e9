import type { BuildDependencies } from "../builds/build-version";
import { createHousekeepingActivities } from "./housekeeping";
import { createRunActivities, type RunActivityDependencies } from "./runs";

export function createActivities(deps: RunActivityDependencies & BuildDependencies) {
  return { ...createRunActivities(deps), ...createHousekeepingActivities(deps) };
}
export type Activities = ReturnType<typeof createActivities>;

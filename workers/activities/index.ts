import type { BuildDependencies } from "../builds/build-version";
import { createHousekeepingActivities } from "./housekeeping";
import { createStepActivities, type StepActivityDependencies } from "./steps";

export function createActivities(deps: StepActivityDependencies & BuildDependencies) {
  return { ...createStepActivities(deps), ...createHousekeepingActivities(deps) };
}
export type Activities = ReturnType<typeof createActivities>;

import type { LimitResource } from "./contract";
import { effectiveLimits, limitKind, limitNames } from "./names";
import { platformLimits } from "./platform";
import type { LimitRow } from "./store";

export function presentLimits({ caps, chosen }: LimitRow): LimitResource[] {
  const platform = platformLimits();
  const values = effectiveLimits(platform, caps, chosen);
  return limitNames.map((name) => {
    const { label, unit } = limitKind(name);
    const cap = caps[name] ?? platform[name];
    return { name, label, unit, value: values[name], cap, chosen: chosen[name] ?? null };
  });
}

import { env } from "@/lib/env";
import { type Limits, limitKinds, limitNames } from "./names";

/** What every project gets whose operator said nothing else: `MILLRACE_LIMITS` over what is built in. */
export function platformLimits(): Limits {
  const builtIn = Object.fromEntries(limitNames.map((name) => [name, limitKinds[name].platform])) as Limits;
  return { ...builtIn, ...env().MILLRACE_LIMITS };
}

import type { Violation } from "./document";

/**
 * Says what is wrong where no alternative fits. Often only one was meant, all others being of another kind (null, for
 * what may be left empty): then what keeps the value from being that one says more than that none fits.
 */
export function describeAlternatives(each: Violation[][], place: string): Violation[] {
  const meant = each.filter((violations) => violations.some((violation) => violation.at !== place));
  const [only] = meant.length === 1 ? meant : each.length === 1 ? each : [];
  if (only) return only;
  const wanted = [...new Set(each.flatMap((violations) => violations.filter(({ at }) => at === place)))];
  if (meant.length === 0 && wanted.length === each.length && wanted.length <= 5)
    return [{ at: place, expected: [...new Set(wanted.map(({ expected }) => expected))].join(" or ") }];
  return [{ at: place, expected: `one of its ${each.length} forms` }];
}

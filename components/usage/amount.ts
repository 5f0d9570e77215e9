import { formatBytes } from "@/components/ui/format";
import type { UsedLimit } from "@/lib/usage/contract";

/** Amounts of what limits are about. Pure. */

type Unit = UsedLimit["unit"];

function formatSeconds(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Number((seconds / 60).toFixed(1))} min`;
  return `${Number((seconds / 3_600).toFixed(1))} h`;
}

/** `4 GiB`, `24 h`, `30 days`, `10,000` */
export function formatAmount(unit: Unit, amount: number): string {
  if (unit === "bytes") return formatBytes(amount);
  if (unit === "seconds") return formatSeconds(amount);
  if (unit === "days") return amount === 1 ? "1 day" : `${amount} days`;
  return amount.toLocaleString("en");
}

const factors = { G: 1024 ** 3, M: 1024 ** 2, K: 1024 } as const;

/** As it is typed: sizes short, the rest as numbers. */
export function amountText(unit: Unit, amount: number): string {
  if (unit !== "bytes") return String(amount);
  const [suffix, factor] = Object.entries(factors).find(([, size]) => amount % size === 0 && amount > 0) ?? ["", 1];
  return `${amount / factor}${suffix}`;
}

export type Nearness = "calm" | "near" | "full";

/** How near something is to its limit; none in use is never near, even where none is allowed. */
export function nearness(used: number, limit: number): Nearness {
  if (used === 0 || used < 0.8 * limit) return "calm";
  return used < limit ? "near" : "full";
}

/** Cleaning up comes at its own times: runs that reach their age are not a limit that is met. */
export const isOnlyAge = (name: string) => name === "retentionDays";

import { isLimitName, type LimitName, limitKind, limitNames, type SomeLimits } from "./names";

/** Limits as people write them, in the environment and on the command line: `memoryBytes=2G openRuns=500`. Pure. */

const bytesOf: Record<string, number> = { "": 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };

/** Why a number is not one that the limit may have, or undefined. */
export function problemOfLimit(name: LimitName, value: number): string | undefined {
  const { least, isFraction } = limitKind(name);
  if (!Number.isFinite(value)) return "is not a number";
  if (!isFraction && !Number.isInteger(value)) return "must be a whole number";
  if (value > Number.MAX_SAFE_INTEGER) return "is more than can be counted";
  return value < least ? `must be at least ${formatLimit(name, least)}` : undefined;
}

/** @throws Error that says what is wrong with it */
export function parseLimit(name: LimitName, text: string): number {
  const isBytes = limitKind(name).unit === "bytes";
  const [, digits, suffix = ""] = /^(\d+(?:\.\d+)?)([KMGT]?)$/.exec(text.trim()) ?? [];
  if (digits === undefined || (suffix && !isBytes))
    throw new Error(`${name}: “${text}” is not ${isBytes ? "a size such as 512M or 2G" : "a number"}.`);
  const value = Number(digits) * (bytesOf[suffix] ?? 1);
  const problem = problemOfLimit(name, value);
  if (problem) throw new Error(`${name} ${problem}.`);
  return value;
}

/** One `name=value`. @throws Error that names what may stand there */
function parsePair(pair: string): [LimitName, string] {
  const at = pair.indexOf("=");
  const name = pair.slice(0, Math.max(at, 0)).trim();
  if (at < 0) throw new Error(`“${pair}” is not of the form name=value.`);
  if (!isLimitName(name)) throw new Error(`There is no limit “${name}”. There are ${limitNames.join(", ")}.`);
  return [name, pair.slice(at + 1)];
}

/** @throws Error for the first that is not right */
export function parseLimits(text: string): SomeLimits {
  const pairs = text.split(/[\s,]+/).filter(Boolean);
  return Object.fromEntries(pairs.map(parsePair).map(([name, value]) => [name, parseLimit(name, value)]));
}

/** The same where `default` takes a limit back, which is then null. @throws Error for the first that is not right */
export function parseLimitChanges(pairs: string[]): { [Name in LimitName]?: number | null } {
  const parsed = pairs.map(parsePair);
  return Object.fromEntries(
    parsed.map(([name, value]) => [name, value === "default" ? null : parseLimit(name, value)]),
  );
}

function formatBytes(bytes: number): string {
  const [suffix, size = 1] = Object.entries(bytesOf).findLast(([, factor]) => bytes >= factor) ?? [];
  return suffix ? `${Number((bytes / size).toFixed(2))} ${suffix}iB` : `${bytes} bytes`;
}

/** `2 GiB`, `90 s`, `30 days`, `500` */
export function formatLimit(name: LimitName, value: number): string {
  const { unit } = limitKind(name);
  if (unit === "bytes") return formatBytes(value);
  if (unit === "seconds") return `${value} s`;
  if (unit === "days") return value === 1 ? "1 day" : `${value} days`;
  return value.toLocaleString("en");
}

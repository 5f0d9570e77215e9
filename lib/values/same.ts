/** Whether two values of JSON mean the same: the order of keys does not count, nor does one that is undefined. Pure. */
export function isSameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [a, b] = [entriesOf(left), entriesOf(right)];
  return a.size === b.size && [...a].every(([key, value]) => b.has(key) && isSameJson(value, b.get(key)));
}

function entriesOf(value: object): Map<string, unknown> {
  return new Map(Object.entries(value).filter(([, entry]) => entry !== undefined));
}

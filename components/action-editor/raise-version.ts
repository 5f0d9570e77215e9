/** The version after this one that is not taken: its last number is raised. Pure. */
export function raiseVersion(version: string, taken: readonly string[]): string {
  let next = version;
  while (taken.includes(next)) next = raised(next);
  return next;
}

function raised(version: string): string {
  const found = /^(.*?)(\d+)(\D*)$/.exec(version);
  if (!found) return `${version}.1`;
  const [, head = "", number = "0", tail = ""] = found;
  return `${head}${BigInt(number) + 1n}${tail}`;
}

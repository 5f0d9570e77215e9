/**
 * What a record holds under a name that users chose. Plain objects also answer to `constructor` and the like, which are
 * good names for an input. Pure.
 */
export function ownValue<T>(record: Record<string, T> | null | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}

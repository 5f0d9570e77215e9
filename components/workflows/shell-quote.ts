/** For a shell that knows no escapes within single quotes. */
export function quote(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

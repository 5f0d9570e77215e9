/** A text as Postgres takes it, which has no U+0000. */
export function withoutNul(text: string): string {
  return text.replaceAll("\0", "\ufffd");
}

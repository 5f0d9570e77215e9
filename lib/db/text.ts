import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** A text as Postgres takes it, which has no U+0000. */
export function withoutNul(text: string): string {
  return text.replaceAll("\0", "\ufffd");
}

/**
 * A column of JSON that can be looked into. Postgres keeps JSON whose texts hold U+0000 or half of a surrogate pair, and
 * refuses to read any part of it: such characters, which are always escaped, are left out. A backslash that is a text's
 * own comes as two, and is passed over as such.
 */
export function readableJson(column: SQLWrapper): SQL {
  return sql`regexp_replace(${column}::text, '(\\\\\\\\)|\\\\u(0000|[dD][89a-fA-F]..)', '\\1', 'g')::json`;
}

import { ZodError } from "zod";

/** What would happen again however often it were tried: a mistake in this program, not in what it stands on. */
export function isDefect(error: unknown): boolean {
  return [TypeError, RangeError, ReferenceError, SyntaxError, ZodError].some((kind) => error instanceof kind);
}

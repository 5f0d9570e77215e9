/** The run was deleted while it was under way: there is nothing left to do or to write about it. */
export class RunGone extends Error {
  override name = "RunGone";
}

const foreignKeyViolation = "23503";

/** The code of Postgres behind an error, wherever a driver has put it. */
export function sqlStateOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  return (error as { code?: unknown }).code ?? sqlStateOf(error.cause);
}

/** Whether a row could not be written because what it belongs to is not there any more. */
export function isOrphan(error: unknown): boolean {
  return sqlStateOf(error) === foreignKeyViolation;
}

/** The code of Postgres or of the driver behind an error, wherever it was wrapped. */
export function sqlStateOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  return (error as { code?: unknown }).code ?? sqlStateOf(error.cause);
}

/** A statement that Postgres refused for what it holds will be refused again; anything else may pass. */
export function isPermanentFailure(error: unknown): boolean {
  const state = sqlStateOf(error);
  return typeof state === "string" && /^(22|23|42)[0-9A-Z]{3}$/.test(state);
}

const foreignKeyViolation = "23503";

/** Whether a row could not be written because what it belongs to is not there any more. */
export function isOrphan(error: unknown): boolean {
  return sqlStateOf(error) === foreignKeyViolation;
}

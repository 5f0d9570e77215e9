/** The code of Postgres or of the driver behind an error, wherever it was wrapped. */
function sqlStateOf(error: unknown): unknown {
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

const uniqueViolation = "23505";

/** Whether a row could not be written because there is one like it. */
export function isUniqueViolation(error: unknown): boolean {
  return sqlStateOf(error) === uniqueViolation;
}

/** What the operating system, the driver and a server that is starting or stopping say of a connection. */
const lostCodes = /^(E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|NOTFOUND)|08[0-9A-Z]{3}|57P0[1-3])$/;
// The driver gives these no code.
const lostMessages =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect)/;

/** Whether the database could not be reached, so that the same may well succeed in a moment. */
export function isDatabaseLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return lostCodes.test(String(code)) || lostMessages.test(error.message) || isDatabaseLost(error.cause);
}

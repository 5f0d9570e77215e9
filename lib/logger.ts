import pino from "pino";

/** Drivers put a failed statement's parameters into the message, and those are users' values. */
function withoutParameters(text: string): string {
  return text.split("\nparams:")[0] ?? "";
}

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    type: error.name,
    message: withoutParameters(error.message),
    code: (error as { code?: unknown }).code,
    stack: withoutParameters(error.stack ?? ""),
    cause: error.cause === undefined ? undefined : describeError(error.cause),
  };
}

/** Structured lines on stderr. Values of users never go here; errors of theirs belong to the run. */
export const logger = pino(
  {
    level: process.env.MILLRACE_LOG_LEVEL ?? "info",
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
  },
  pino.destination(2),
);

import { isDatabaseLost } from "@/lib/db";
import { AppError, type ErrorCode, messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";

const titles: Partial<Record<ErrorCode, string>> = { internal: "Something went wrong on our side" };

function title(code: ErrorCode): string {
  const words = titles[code] ?? code.replaceAll("_", " ");
  return words[0]?.toUpperCase() + words.slice(1);
}

/** The one exit for failures: RFC 9457 problem+json, with `message` and `error` for callers who come from Ryax. */
export function problemResponse(error: unknown, requestId: string): Response {
  const known = error instanceof AppError ? error : translate(error, requestId);
  const body = {
    type: `urn:millrace:error:${known.code}`,
    title: title(known.code),
    status: known.status,
    detail: known.message,
    message: known.message,
    error: known.message,
    code: known.code,
    request_id: requestId,
    ...(known.issues.length > 0 && { issues: known.issues }),
  };
  return new Response(JSON.stringify(body), {
    status: known.status,
    headers: { "Content-Type": "application/problem+json", ...known.headers },
  });
}

function translate(error: unknown, requestId: string): AppError {
  if (isDatabaseLost(error)) {
    logger.warn({ requestId, reason: messageOf(error) }, "the database cannot be reached");
    return new AppError("unavailable", "The database cannot be reached just now.", {
      cause: error,
      retryAfterSeconds: 2,
    });
  }
  logger.error({ err: error, requestId }, "request failed");
  return new AppError("internal", "The request failed on our side. The request id finds it in the log.", {
    cause: error,
  });
}

/** The closed list of ways a request can fail, and the HTTP status that each leaves with. */
export const statusOf = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  invalid_input: 422,
  invalid_definition: 422,
  invalid_package: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
  storage_full: 507,
} as const;

export type ErrorCode = keyof typeof statusOf;

/** One problem in something the caller sent: where it is, what is wrong and what would be right. */
export interface Issue {
  /** Dotted place in the input, `body.nodes.2.inputs.city`, or a file's name. */
  path: string;
  message: string;
  /** A stable name or Ryax's number, where the kind of problem has one. */
  code?: string;
  /** 1-based line in the file that `path` names. */
  line?: number;
  severity?: "error" | "warning";
}

export interface AppErrorOptions {
  issues?: Issue[];
  cause?: unknown;
  /** For `rate_limited` and `unavailable`. */
  retryAfterSeconds?: number;
  headers?: Record<string, string>;
}

/** A failure with a message written for whoever called; everything else becomes a generic `internal`. */
export class AppError extends Error {
  readonly issues: Issue[];
  readonly headers: Record<string, string>;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: AppErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.issues = options.issues ?? [];
    this.headers = { ...options.headers };
    if (options.retryAfterSeconds !== undefined) this.headers["Retry-After"] = String(options.retryAfterSeconds);
  }

  get status(): number {
    return statusOf[this.code];
  }
}

export function notFound(what: string): AppError {
  return new AppError("not_found", `${what} was not found.`);
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

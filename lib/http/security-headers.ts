/** What every answer tells browsers not to do with it: the one place for such headers. Pure. */

/** Users' endpoints and results have answers of their own; their docs are a page of ours. */
function isUsersAnswer(path: string): boolean {
  return /^\/(user-api|results|runner)\//.test(path) && !/^\/user-api\/[^/]+\/docs\/?$/.test(path);
}

function contentSecurityPolicy(nonce: string, ownOrigins: string[]): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    // React renders `style` attributes, which no nonce can cover.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    // A PDF that the page has read itself, for the browser's own viewer.
    "frame-src 'self' blob:",
    `connect-src 'self' ${ownOrigins.join(" ")}`.trim(),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export interface SecurityHeaders {
  [name: string]: string;
}

/** @param publicUrl where the instance is reached, which may be another origin than the one a page was asked at */
export function securityHeaders(path: string, nonce: string, publicUrl: string | undefined): SecurityHeaders {
  if (isUsersAnswer(path)) return {};
  const common: SecurityHeaders = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    ...(publicUrl?.startsWith("https:") && { "Strict-Transport-Security": "max-age=31536000" }),
  };
  if (path.startsWith("/api/") || path.startsWith("/_next/")) return common;
  return {
    ...common,
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": contentSecurityPolicy(nonce, publicUrl ? [new URL(publicUrl).origin] : []),
  };
}

/** Set by our own server, on requests whose method Next.js does not know, and on no others. */
export const methodHeader = "x-millrace-method";

/** The methods that Next.js hands to routes; it stalls on TRACE and has a bare 400 for the rest. */
export const routedMethods: readonly string[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** The method that was sent. */
export function methodOf(request: Request): string {
  return request.headers.get(methodHeader) ?? request.method;
}

/** Set by our own server on every request, from the socket or, behind a trusted proxy, from what that says. */
export const addressHeader = "x-millrace-address";

export function callerAddress(headers: Headers): string {
  return headers.get(addressHeader) ?? "unknown";
}

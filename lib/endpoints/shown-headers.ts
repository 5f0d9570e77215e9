/** They would let whoever reads a run speak for the sender. */
const secretHeaders = [
  "authorization",
  "cookie",
  "proxy-authorization",
  "x-api-key",
  "x-gitlab-token",
  "x-millrace-address",
];

/** A request's headers as runs are told of them: JSON, by names in lower case. */
export function shownHeaders(headers: Headers): string {
  return JSON.stringify(Object.fromEntries([...headers].filter(([name]) => !secretHeaders.includes(name))));
}

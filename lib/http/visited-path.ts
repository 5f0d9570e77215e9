/** Set by our own server on every request: pages are not told where they stand, and must send people back there. */
export const visitedPathHeader = "x-millrace-path";

/** The address of a page as a person sees it: without what the framework adds to ask for its parts. */
export function visitedPath(headers: Headers): string {
  const [path = "/", query = ""] = (headers.get(visitedPathHeader) ?? "/").split("?", 2);
  const kept = new URLSearchParams(query);
  kept.delete("_rsc");
  const text = kept.toString();
  return text ? `${path}?${text}` : path;
}

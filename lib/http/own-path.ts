const nowhere = "http://own.invalid";

/**
 * A place on this site to go to next, out of an address that anybody may have written. What leads elsewhere, or is no
 * address at all, becomes the fallback. Pure.
 */
export function ownPath(text: string | null | undefined, fallback = "/"): string {
  if (!text?.startsWith("/")) return fallback;
  try {
    // Browsers read `//host` and `/\host` as another site; so does this parser, which is theirs.
    const url = new URL(text, nowhere);
    return url.origin === nowhere ? url.pathname + url.search + url.hash : fallback;
  } catch {
    return fallback;
  }
}

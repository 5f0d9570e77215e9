import type { EndpointInput } from "@/lib/workflows/definition/plan";

/** HTTP hands headers over byte by byte as Latin-1; most clients mean UTF-8. */
function headerText(value: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(value, "latin1"));
  } catch {
    return value;
  }
}

/** Header names are the protocol's: `_` matches `-`, since proxies drop names with underscores. */
function headerOf(headers: Headers, name: string): string | undefined {
  const found = [name, name.replaceAll("_", "-"), name.replaceAll("-", "_")]
    .map((spelling) => headers.get(spelling))
    .find((value) => value !== null);
  return typeof found === "string" ? headerText(found) : undefined;
}

function decodeQuietly(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function cookiesOf(headers: Headers): Map<string, string> {
  const pairs = headerText(headers.get("cookie") ?? "")
    .split(";")
    .flatMap((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? [] : [[pair.slice(0, at).trim(), decodeQuietly(pair.slice(at + 1).trim())] as const];
    });
  return new Map(pairs);
}

/** Finds what was sent as text outside of the body; undefined where nothing was. */
export function textReader(
  { headers }: Request,
  search: URLSearchParams,
  params: Record<string, string>,
): (input: EndpointInput) => string | undefined {
  let cookies: Map<string, string> | undefined;
  return ({ name, origin }) => {
    switch (origin) {
      case "path":
        return params[name];
      case "query":
        return search.getAll(name).at(-1);
      case "header":
        return headerOf(headers, name);
      case "cookie":
        cookies ??= cookiesOf(headers);
        return cookies.get(name);
      case "body":
        return undefined;
    }
  };
}

import { env } from "@/lib/env";
import { callerAddress } from "@/lib/http/address";
import { projectOfKey } from "@/lib/keys";
import { keyInRequest } from "./caller-key";

/** Of one connection, and not of what is said on it (RFC 9110, 7.6.1). */
const ofConnection = ["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"];

/** What is Millrace's own affair: no cookie of its origin is anything to a project's code. */
const keptFromService = [...ofConnection, "cookie", "expect", "proxy-authorization", "forwarded", "content-length"];

/** What would say something of Millrace's whole origin, which other projects and its own pages share. */
const keptFromCaller = [
  ...ofConnection,
  "set-cookie",
  "set-cookie2",
  "clear-site-data",
  "strict-transport-security",
  "service-worker-allowed",
  "proxy-authenticate",
  "public-key-pins",
  "nel",
  "report-to",
  "reporting-endpoints",
  "alt-svc",
  "date",
];

/** A page that a project's code has written is shown, and can be nothing of Millrace's origin: it has one of its own. */
const ownOrigin = "sandbox allow-scripts allow-forms allow-popups allow-downloads allow-modals";

function namedByConnection(value: string | null | undefined): string[] {
  return (value ?? "").split(",").map((name) => name.trim().toLowerCase());
}

/** A key of a project's is for Millrace alone; what else is in these headers is the service's. */
function isKey(headers: Headers, name: string): boolean {
  const value = headers.get(name);
  if (!value) return false;
  const secret = keyInRequest(new Headers({ [name]: value }));
  return secret !== null && projectOfKey(secret) !== undefined;
}

/** A request's headers as a service is told of them. */
export function headersForService(headers: Headers, prefix: string): Record<string, string> {
  const keys = ["authorization", "x-api-key"].filter((name) => isKey(headers, name));
  const kept = [...keptFromService, ...keys, ...namedByConnection(headers.get("connection"))];
  const told = [...headers].filter(
    ([name]) => !kept.includes(name) && !name.startsWith("x-millrace-") && !name.startsWith("x-forwarded-"),
  );
  const length = headers.get("content-length");
  return {
    ...Object.fromEntries(told),
    ...(length !== null && { "content-length": length }),
    "x-forwarded-for": callerAddress(headers),
    "x-forwarded-host": headers.get("host") ?? new URL(env().MILLRACE_PUBLIC_URL).host,
    "x-forwarded-proto": new URL(env().MILLRACE_PUBLIC_URL).protocol.slice(0, -1),
    "x-forwarded-prefix": prefix,
    // There is one connection for each call.
    connection: "close",
  };
}

/** Where a redirect leads that a service has given below its own root, which for its caller is below the prefix. */
function locationFor(given: string, { prefix, host }: { prefix: string; host: string }): string {
  const base = `http://${host}`;
  if (!URL.canParse(given, base) || !/^(\/(?!\/)|https?:)/i.test(given)) return given;
  const url = new URL(given, base);
  const isInside = url.pathname === prefix || url.pathname.startsWith(`${prefix}/`);
  if (url.host !== host || isInside) return given;
  return prefix + url.pathname + url.search + url.hash;
}

/**
 * A service's headers as its caller is told of them.
 * @param place what comes before the paths that the service knows, and the host that its caller asked
 */
export function headersForCaller(
  given: Record<string, string[] | undefined>,
  place: { prefix: string; host: string },
): Headers {
  const kept = [...keptFromCaller, ...namedByConnection(given.connection?.join(","))];
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(given)) {
    if (kept.includes(name) || name.startsWith("x-millrace-") || name.startsWith("access-control-")) continue;
    for (const value of values) headers.append(name, name === "location" ? locationFor(value, place) : value);
  }
  headers.append("Content-Security-Policy", ownOrigin);
  headers.set("X-Content-Type-Options", "nosniff");
  return headers;
}

/** Local times of IANA zones, by what the platform knows of them. Pure. */

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return name !== "";
  } catch {
    return false;
  }
}

/** To make one takes longer than to use it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  formats.set(timeZone, format);
  return format;
}

/** `2027-01-31T18:00:00`, as clocks in the zone show it. */
export function localIso(at: Date, timeZone: string): string {
  return formatOf(timeZone).format(at).replace(" ", "T");
}

const localPattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/i;

/** Reads a time with an offset, or a local one of the zone; undefined where the text is none. */
export function readTime(text: string, timeZone: string): Date | undefined {
  const [, day, clock, offset] = localPattern.exec(text.trim()) ?? [];
  if (!day || !clock) return undefined;
  const asUtc = new Date(`${day}T${clock}${offset ?? "Z"}`);
  if (Number.isNaN(asUtc.getTime())) return undefined;
  if (offset) return asUtc;
  // What the zone's clocks show at a guess tells how far off the guess is; the second look is for a changed offset.
  let at = asUtc.getTime();
  for (let look = 0; look < 2; look++) at += asUtc.getTime() - Date.parse(`${localIso(new Date(at), timeZone)}Z`);
  return new Date(at);
}

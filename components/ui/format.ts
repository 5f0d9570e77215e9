const relative = new Intl.RelativeTimeFormat("en", { style: "short" });
/** Long units only from two of them on: "tomorrow" would be wrong of 44 hours, and "next week" says little of 13 days. */
const units: [unit: Intl.RelativeTimeFormatUnit, size: number, from: number][] = [
  ["year", 365 * 86_400, 2],
  ["month", 30 * 86_400, 2],
  ["week", 7 * 86_400, 2],
  ["day", 86_400, 2],
  ["hour", 3_600, 1],
  ["minute", 60, 1],
];

/** `3 min. ago`, `in 2 days`; less than a minute is `just now` or `in a moment`. */
export function formatRelative(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  for (const [unit, size, from] of units) {
    if (Math.abs(seconds) >= size * from) return relative.format(Math.trunc(seconds / size), unit);
  }
  return seconds > 5 ? "in a moment" : "just now";
}

/** `2026-03-04 15:06:07.089 GMT+1`, in the viewer's zone. */
export function formatExact(at: Date): string {
  const pad = (value: number, length = 2) => String(value).padStart(length, "0");
  const date = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  const time = `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}.${pad(at.getMilliseconds(), 3)}`;
  const zone = new Intl.DateTimeFormat("en", { timeZoneName: "short" })
    .formatToParts(at)
    .find((part) => part.type === "timeZoneName")?.value;
  return `${date} ${time} ${zone ?? ""}`.trim();
}

/** `15:06:07.089` */
export function formatClock(at: Date): string {
  return formatExact(at).slice(11, 23);
}

/** `430 µs`, `12 ms`, `1.24 s`, `3 min 05 s`, `2 h 07 min`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1 && milliseconds > 0) return `${Math.round(milliseconds * 1000)} µs`;
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 59.995) return `${seconds.toFixed(2)} s`;
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3_600)} h ${two(Math.floor((whole % 3_600) / 60))} min`;
}

/** The same of something that was measured in whole milliseconds, and took some time for sure. */
export function formatTaken(milliseconds: number): string {
  return milliseconds < 1 ? "< 1 ms" : formatDuration(milliseconds);
}

/** `812 B`, `1.4 KiB`, `5 MiB` */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const names = ["KiB", "MiB", "GiB", "TiB"];
  let value = bytes / 1024;
  let index = 0;
  while (value >= 1024 && index < names.length - 1) {
    value /= 1024;
    index++;
  }
  return `${value >= 100 ? Math.round(value) : Number(value.toFixed(1))} ${names[index]}`;
}

/** `1 run`, `1,204 runs` */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

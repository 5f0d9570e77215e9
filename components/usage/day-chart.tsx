"use client";
import { useState } from "react";
import { formatCount, formatDuration } from "@/components/ui/format";
import type { UsageDay } from "@/lib/usage/contract";

const dayFormat = new Intl.DateTimeFormat("en", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
const shortFormat = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", timeZone: "UTC" });
const dateOf = (day: string) => new Date(`${day}T00:00:00Z`);
const runsOf = ({ completed, failed, canceled }: UsageDay) => completed + failed + canceled;

function describe(day: UsageDay): string {
  const parts = [
    formatCount(runsOf(day), "run"),
    `${day.failed.toLocaleString("en")} failed`,
    `${day.canceled.toLocaleString("en")} canceled`,
    `${formatDuration(day.stepMs)} in steps`,
  ];
  if (day.refused > 0) parts.push(`${day.refused.toLocaleString("en")} refused`);
  return parts.join(" · ");
}

const parts = [
  { key: "failed", label: "failed", color: "bg-failed" },
  { key: "canceled", label: "canceled", color: "bg-canceled" },
  { key: "completed", label: "completed", color: "bg-completed" },
] as const;

/** Runs that ended on each of thirty days, by how they ended. */
export function DayChart({ days }: { days: UsageDay[] }) {
  const [shown, show] = useState<UsageDay | null>(null);
  const most = Math.max(1, ...days.map(runsOf));
  const [first, middle, last] = [days[0], days[Math.floor(days.length / 2)], days.at(-1)];
  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="flex min-h-10 flex-wrap items-baseline justify-between gap-x-4 text-xs sm:min-h-5">
        {shown ? (
          <span>
            <span className="font-medium">{dayFormat.format(dateOf(shown.day))}</span>{" "}
            <span className="text-ink-soft">{describe(shown)}</span>
          </span>
        ) : (
          <span className="text-ink-faint">Runs that ended each day, in UTC</span>
        )}
        <Legend />
      </figcaption>
      <div>
        <span className="text-2xs text-ink-faint tabular-nums">{most.toLocaleString("en")}</span>
        <div
          aria-hidden="true"
          className="flex h-36 items-stretch border-line border-t border-dashed"
          onPointerLeave={() => show(null)}
        >
          {days.map((day) => (
            <div
              key={day.day}
              className="flex min-w-0 flex-1 flex-col justify-end px-px hover:bg-hover sm:px-0.5"
              onPointerEnter={() => show(day)}
            >
              <Bar day={day} most={most} />
            </div>
          ))}
        </div>
        <div aria-hidden="true" className="flex justify-between border-line border-t pt-1 text-2xs text-ink-faint">
          {[first, middle, last].map((day) => day && <span key={day.day}>{shortFormat.format(dateOf(day.day))}</span>)}
        </div>
      </div>
      <DayTable days={days} />
    </figure>
  );
}

function Bar({ day, most }: { day: UsageDay; most: number }) {
  const present = parts.filter(({ key }) => day[key] > 0);
  return present.map(({ key, color }) => (
    <div
      key={key}
      className={`min-h-0.5 first:rounded-t-sm ${color}`}
      style={{ height: `${(day[key] / most) * 100}%` }}
    />
  ));
}

function Legend() {
  return (
    <span className="flex gap-3 text-ink-soft">
      {[...parts].reverse().map(({ key, label, color }) => (
        <span key={key} className="flex items-center gap-1.5">
          <span aria-hidden="true" className={`size-2 rounded-sm ${color}`} />
          {label}
        </span>
      ))}
    </span>
  );
}

/** The same for those who do not see bars. */
function DayTable({ days }: { days: UsageDay[] }) {
  return (
    <table className="sr-only">
      <caption>Runs of the last 30 days</caption>
      <thead>
        <tr>
          {["Day", "Completed", "Failed", "Canceled", "Refused"].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={day.day}>
            <th scope="row">{day.day}</th>
            <td>{day.completed}</td>
            <td>{day.failed}</td>
            <td>{day.canceled}</td>
            <td>{day.refused}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
